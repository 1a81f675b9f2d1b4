package sfclient

// ID18 returns the 18-character form of a 15-character id, which makes it safe to compare ignoring case; anything else comes
// back as it is.
func ID18(id string) string {
	if len(id) != 15 {
		return id
	}
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	for group := range 3 {
		bits := 0
		for bit := range 5 {
			if c := id[group*5+bit]; c >= 'A' && c <= 'Z' {
				bits |= 1 << bit
			}
		}
		id += digits[bits : bits+1]
	}
	return id
}

// IsID tells whether text can be a record id: 15 letters and digits, or 18 of which the last three fit the others.
func IsID(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(text) == 15 || len(text) == 18 && ID18(text[:15]) == text
}
