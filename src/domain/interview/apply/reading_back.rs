//! Reading back: approving rows and correcting them.

use crate::domain::item::ItemKey;

use super::super::{Interview, Position, Refusal};

impl Interview {
    pub(super) fn begin_readback(&mut self) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        self.settle_typing();
        self.state.correcting = None;
        self.state.position = if self.readback_rows().is_empty() {
            Position::Closing
        } else {
            Position::ReadBack(0)
        };
        Ok(())
    }

    pub(super) fn approve(&mut self, item: &ItemKey) -> Result<(), Refusal> {
        let Position::ReadBack(_) = self.state.position else {
            return Err(Refusal::NotNow);
        };
        let rows = self.readback_rows();
        let row = rows
            .iter()
            .position(|row| row.item == *item)
            .ok_or(Refusal::NotAskedHere)?;
        self.state.approved.insert(item.clone());
        self.state.position = if row + 1 < rows.len() {
            Position::ReadBack(row + 1)
        } else {
            Position::Closing
        };
        Ok(())
    }

    pub(super) fn correct(&mut self, item: &ItemKey) -> Result<(), Refusal> {
        let Position::ReadBack(_) = self.state.position else {
            return Err(Refusal::NotNow);
        };
        if !self.route.asks_item(item) {
            return Err(Refusal::NotAskedHere);
        }
        self.state.correcting = Some(item.clone());
        self.state.position = Position::Question(item.question_id().clone());
        Ok(())
    }

    pub(super) fn readback_at(&self, item: &ItemKey) -> Position {
        let rows = self.readback_rows();
        Position::ReadBack(rows.iter().position(|row| row.item == *item).unwrap_or(0))
    }
}
