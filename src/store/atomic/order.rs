//! The order in which a file comes to its place. Everything that is promised of whole files hangs on it, so it stands
//! here once, for the disk and for the simulated disk of the tests.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::store::error::{StoreError, What};

/// What is done with a file that was begun beside its place.
pub(in crate::store) trait Steps {
    /// The file at its place.
    type Placed;
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    fn set_time(&mut self, time: SystemTime) -> io::Result<()>;
    /// Makes what was written last.
    fn sync(&mut self) -> io::Result<()>;
    /// Reads everything from the beginning; there are fewer than `room` bytes if all is well.
    fn read_back(&mut self, room: usize) -> io::Result<Zeroizing<Vec<u8>>>;
    /// Gives it its name.
    fn take_place(self) -> Result<Self::Placed, StoreError>;
}

/// Writes, syncs, reads back, renames, and makes the name last by syncing the folder.
pub(in crate::store) fn bring_to_place<S: Steps>(
    mut file: S,
    bytes: &[u8],
    time: Option<SystemTime>,
    path: &Path,
    sync_folder: impl FnOnce() -> Result<(), StoreError>,
) -> Result<S::Placed, StoreError> {
    let at = |error: io::Error| StoreError::at(path, &error);
    file.write(bytes).map_err(at)?;
    if let Some(time) = time {
        file.set_time(time).map_err(at)?;
    }
    file.sync().map_err(at)?;
    if *file.read_back(bytes.len() + 1).map_err(at)? != bytes {
        return Err(StoreError::damaged(path, What::Bytes));
    }
    let placed = file.take_place()?;
    sync_folder()?;
    Ok(placed)
}
