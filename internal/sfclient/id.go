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
