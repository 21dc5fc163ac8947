"""What support is sent with a ticket, read into a draft of the customer's environment and into questions for the customer."""
