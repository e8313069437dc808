//! A file on a simulated disk: what was not synced may be lost, torn or out of order after a power cut, and any call
//! may fail.

use std::io;

use crate::domain::order::SplitMix64;

/// What a disk writes at once.
const SECTOR: usize = 512;

/// One file on a disk that loses power.
pub(crate) struct SimDisk {
    /// What is there for good.
    kept: Vec<u8>,
    /// What the system has in memory.
    pub(crate) cached: Vec<u8>,
    /// The sectors the system knows that it has to write.
    dirty: Vec<usize>,
    chance: SplitMix64,
    /// Which call fails, counted from now.
    pub(crate) fails_in: usize,
    /// Whether a sync says that it was done without doing it.
    pub(crate) lies: bool,
}

impl SimDisk {
    pub(crate) fn new(kept: Vec<u8>, seed: u64, fails_in: usize) -> Self {
        Self {
            cached: kept.clone(),
            kept,
            dirty: Vec::new(),
            chance: SplitMix64::named(seed, "disk"),
            fails_in,
            lies: false,
        }
    }

    /// Returns whether this call fails.
    fn fails(&mut self) -> bool {
        let fails = self.fails_in == 0;
        self.fails_in = self.fails_in.wrapping_sub(1);
        fails
    }

    /// Makes one sector last, or the first bytes of it.
    fn keep(&mut self, sector: usize, bytes: usize) {
        let from = sector * SECTOR;
        let to = (from + bytes).min(self.cached.len());
        if self.kept.len() < to {
            self.kept.resize(to, 0);
        }
        self.kept[from..to].copy_from_slice(&self.cached[from..to]);
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fails = self.fails();
        // A write that fails may have come some way.
        let taken = if fails {
            self.chance.below(bytes.len() + 1)
        } else {
            bytes.len()
        };
        let begin = self.cached.len();
        self.cached.extend_from_slice(&bytes[..taken]);
        for sector in begin / SECTOR..self.cached.len().div_ceil(SECTOR) {
            if !self.dirty.contains(&sector) {
                self.dirty.push(sector);
            }
        }
        if fails {
            Err(io::ErrorKind::StorageFull.into())
        } else {
            Ok(())
        }
    }

    pub(crate) fn sync(&mut self) -> io::Result<()> {
        let fails = self.fails();
        for sector in std::mem::take(&mut self.dirty) {
            // After a failure the system holds everything for written, and it is not.
            if !self.lies && (!fails || self.chance.below(2) == 0) {
                self.keep(sector, SECTOR);
            }
        }
        if fails {
            Err(io::Error::from_raw_os_error(5))
        } else {
            Ok(())
        }
    }

    /// The power goes: every sector that was not synced is there, half there or not, and the file may be longer than
    /// what is in it.
    pub(crate) fn lose_power(&mut self) -> Vec<u8> {
        for sector in std::mem::take(&mut self.dirty) {
            match self.chance.below(4) {
                0 | 1 => self.keep(sector, SECTOR),
                2 => {
                    let torn = self.chance.below(SECTOR);
                    self.keep(sector, torn);
                }
                _ => {}
            }
        }
        if self.chance.below(3) == 0 && self.kept.len() < self.cached.len() {
            let length = self.kept.len() + self.chance.below(self.cached.len() - self.kept.len() + 1);
            self.kept.resize(length, 0);
        }
        self.kept.clone()
    }
}
