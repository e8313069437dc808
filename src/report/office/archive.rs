//! Files in one ZIP file: the same files give the same bytes, for no time and no machine is written down.
//!
//! After PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16: names in ASCII, deflate, no ZIP64. Own, because
//! the libraries for it bring three compressors along, and none of their features is needed.

use miniz_oxide::deflate::compress_to_vec;

use super::ExportError;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const VERSION: u16 = 20;
const DEFLATED: u16 = 8;
/// 1 January 1980, the first day the format knows.
const DAY: u16 = 0x21;
const COMPRESSION: u8 = 8;

/// A ZIP file being written.
#[derive(Debug, Default)]
pub(super) struct Archive {
    written: Vec<u8>,
    directory: Vec<u8>,
    files: u16,
}

impl Archive {
    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), ExportError> {
        let at = size(self.written.len())?;
        let packed = compress_to_vec(content, COMPRESSION);
        let mut described = Vec::new();
        described.extend(VERSION.to_le_bytes());
        described.extend(0_u16.to_le_bytes());
        described.extend(DEFLATED.to_le_bytes());
        described.extend(0_u16.to_le_bytes());
        described.extend(DAY.to_le_bytes());
        described.extend(crc32fast::hash(content).to_le_bytes());
        described.extend(size(packed.len())?.to_le_bytes());
        described.extend(size(content.len())?.to_le_bytes());
        let length = u16::try_from(name.len()).map_err(|_| ExportError::TooLarge)?;
        described.extend(length.to_le_bytes());
        described.extend(0_u16.to_le_bytes());

        self.written.extend(LOCAL.to_le_bytes());
        self.written.extend(&described);
        self.written.extend(name.as_bytes());
        self.written.extend(&packed);

        self.directory.extend(CENTRAL.to_le_bytes());
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&described);
        // Comment, disk, attributes: none.
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.files = self.files.checked_add(1).ok_or(ExportError::TooLarge)?;
        Ok(())
    }

    /// Returns the file.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, ExportError> {
        let at = size(self.written.len())?;
        let length = size(self.directory.len())?;
        self.written.extend(&self.directory);
        self.written.extend(END.to_le_bytes());
        self.written.extend([0; 4]);
        self.written.extend(self.files.to_le_bytes());
        self.written.extend(self.files.to_le_bytes());
        self.written.extend(length.to_le_bytes());
        self.written.extend(at.to_le_bytes());
        self.written.extend([0; 2]);
        Ok(self.written)
    }
}

fn size(length: usize) -> Result<u32, ExportError> {
    u32::try_from(length).map_err(|_| ExportError::TooLarge)
}
