"""What depends on the whole record, worked out anew where its inputs changed: copies, dates, stories,
actors, quotations, positions, accounts; and what a person decides."""
