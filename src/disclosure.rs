//! What may be shown: policies, their check, and the one door to `Published`.
