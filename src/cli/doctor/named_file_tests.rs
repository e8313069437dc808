//! A settings file somebody named is never passed over without a word.

use crate::cli::run;
use crate::cli::surroundings::Surroundings;
use crate::store::atomic::{Access, replace};

#[test]
fn what_is_wrong_with_a_named_settings_file_is_said_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        replace(&folder.path().join(name), text.as_bytes(), Access::AsUsual).unwrap();
    };
    write("wrong.toml", "kontrast = 'xx'\n");
    write("right.toml", "kontrast = 'vanlig'\n");
    let said = |file: &str| {
        let arguments = ["--config", file, "check", "min-stemme-bup"];
        let (mut surroundings, written) = Surroundings::made_up(&arguments, "");
        surroundings.working_folder = folder.path().to_owned();
        run(&mut surroundings);
        written.1.text()
    };
    assert!(said("wrong.toml").contains("kontrast"), "{}", said("wrong.toml"));
    assert!(said("gone.toml").contains("gone.toml"), "{}", said("gone.toml"));
    assert_eq!(said("right.toml"), "");
}
