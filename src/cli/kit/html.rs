//! A page to print: one A4 sheet, no scripts, nothing from anywhere else, everything that was written by people
//! escaped.

/// What the page looks like on paper.
const STYLE: &str = "@page{size:A4;margin:18mm}\
body{font:12pt/1.45 'DejaVu Sans',Verdana,Arial,sans-serif;color:#000;background:#fff;margin:0 auto;max-width:174mm}\
h1{font-size:20pt;margin:0 0 2mm}h2{font-size:12pt;margin:6mm 0 1mm}p,ul,ol{margin:1mm 0}\
.words{font:bold 18pt/1.5 'DejaVu Sans Mono',Consolas,monospace;border:1.5pt solid #000;padding:3mm 5mm;margin:2mm 0}\
.small{font-size:10pt}\
.cards{display:grid;grid-template-columns:1fr 1fr;gap:0}\
.card{border:.6pt dashed #000;padding:5mm;min-height:80mm;box-sizing:border-box;font-size:10pt;overflow-wrap:anywhere;break-inside:avoid}\
.card h2{margin:0 0 1mm;font-size:13pt}.lines{display:flex;gap:3mm;margin:5mm 0 2mm}\
.lines span{flex:1;border-bottom:1pt solid #000;height:5mm}";

/// Returns text as it stands in a page.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Returns a text in an element.
pub(super) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escaped(text))
}

/// Returns a text in an element of a class.
pub(super) fn classed(name: &str, class: &str, text: &str) -> String {
    format!("<{name} class=\"{class}\">{}</{name}>\n", escaped(text))
}

/// Returns the whole page; `body` is escaped already.
pub(super) fn page(language: &str, title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}
