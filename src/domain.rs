//! What a survey, an answer and an interview are. Knows no terminal, file, clock or environment.
