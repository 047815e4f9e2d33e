"""What the program `corale` can do: one file per command, each with `main(argv) -> exit code`."""
