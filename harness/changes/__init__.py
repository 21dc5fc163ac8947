"""What an upgrade changed, each change named once. One file a kind, in `kinds/`; `explain` finds which of them happened."""
