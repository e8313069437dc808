//! Counting the rows of a file.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::disclosure::choice::Choice;
use crate::disclosure::interviews::Rows;
use crate::domain::coding::Coding;
use crate::import::answers::{Reading, Unreadable, WhatWasRead, read};

use super::super::surroundings::Surroundings;

/// More readers than this find nothing to do.
const MOST_READERS: usize = 8;

/// Counts the file's rows on every core. The SHA-256 is none of the file where it is not wanted.
pub(super) fn count(
    name: &str,
    (coding, choice): (&Coding<'_>, &Choice),
    reading: &Reading,
    fingerprint: bool,
    surroundings: &mut Surroundings,
) -> Result<(Vec<Rows>, WhatWasRead, [u8; 32]), Unreadable> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let takers = vec![Rows::new(coding, choice); cores.min(MOST_READERS)];
    let hash = fingerprint.then(|| Rc::new(RefCell::new(Sha256::new())));
    let source: Box<dyn Read + '_> = if name == "-" {
        Box::new(&mut surroundings.input)
    } else {
        Box::new(File::open(surroundings.path(name))?)
    };
    let source = Hashed {
        source,
        hash: hash.clone(),
    };
    let (parts, read) = read(source, coding, reading, takers)?;
    let digest = hash.map_or([0; 32], |hash| hash.borrow().clone().finalize().into());
    Ok((parts, read, digest))
}

/// Takes the fingerprint of what passes.
struct Hashed<R> {
    source: R,
    hash: Option<Rc<RefCell<Sha256>>>,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        if let (Some(hash), Some(read)) = (&self.hash, buffer.get(..length)) {
            hash.borrow_mut().update(read);
        }
        Ok(length)
    }
}
