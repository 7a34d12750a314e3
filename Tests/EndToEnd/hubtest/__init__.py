"""What the black-box suite drives a hub with: the process, its clients, and an independent view of the protocol."""
