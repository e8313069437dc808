//! The command line as somebody sees it: each file in `tests/cmd` is a command and what it says.

#[test]
fn commands_say_what_the_cases_show() {
    trycmd::TestCases::new()
        .env("LANG", "C.UTF-8")
        .env("LC_ALL", "")
        .env("LC_MESSAGES", "")
        .env("STEMME_LANG", "")
        .env("STEMME_HOME", "no-such-home")
        .case("tests/cmd/*.trycmd");
}
