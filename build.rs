//! Packs the three text files, which would else be a twenty-fifth of the program.

#![expect(
    clippy::disallowed_methods,
    reason = "the build writes where cargo says, not what anybody answered"
)]

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use miniz_oxide::deflate::compress_to_vec;

/// As small as it gets: it is done once.
const LEVEL: u8 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo says where to write")?);
    println!("cargo::rerun-if-changed=build.rs");
    for language in ["nb", "nn", "en"] {
        let file = format!("src/texts/{language}.toml");
        println!("cargo::rerun-if-changed={file}");
        let packed = compress_to_vec(&fs::read(&file)?, LEVEL);
        fs::write(out.join(language).with_extension("deflate"), packed)?;
    }
    Ok(())
}
