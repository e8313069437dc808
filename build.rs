//! Packs what stands in the program as files: texts, surveys and the font would else be a twentieth of it.

#![expect(
    clippy::disallowed_methods,
    reason = "the build writes where cargo says, not what anybody answered"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use miniz_oxide::deflate::compress_to_vec;

/// As small as it gets: it is done once.
const LEVEL: u8 = 10;

const SURVEYS: [&str; 7] = [
    "min-stemme-bup",
    "kommune-ung",
    "hva-er-viktig",
    "fire-pilarer",
    "parorende",
    "laeringsnettverk",
    "gruppeintervju",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo says where to write")?);
    println!("cargo::rerun-if-changed=build.rs");
    for language in ["nb", "nn", "en"] {
        pack(&format!("src/texts/{language}.toml"), &out)?;
    }
    for survey in SURVEYS {
        pack(&format!("surveys/{survey}.toml"), &out)?;
    }
    pack("src/report/chart/font/OpenSans-Regular.ttf", &out)
}

/// Packs a file under its own name, with another ending.
fn pack(file: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={file}");
    let packed = compress_to_vec(&fs::read(file)?, LEVEL);
    let name = Path::new(file).with_extension("deflate");
    let name = name.file_name().ok_or("a file has a name")?;
    fs::write(out.join(name), packed)?;
    Ok(())
}
