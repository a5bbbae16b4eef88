"""What the HTML page shows, part by part, as plain rows; the template puts them into marks."""
