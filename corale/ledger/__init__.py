"""The book of facts: append-only, exportable, verifiable; and the audit of administrators' acts."""
