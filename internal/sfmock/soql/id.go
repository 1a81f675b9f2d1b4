package soql

import "strings"

// idKeyLength is how much of an id identifies the record; the rest is a checksum.
const idKeyLength = 15

// fullID returns the 18-character form of a 15- or 18-character id, and false for
// anything that is not an id or carries a wrong checksum.
func fullID(id string) (string, bool) {
	if len(id) != idKeyLength && len(id) != idKeyLength+3 {
		return "", false
	}
	for i := range len(id) {
		if !isLetter(id[i]) && !isDigit(id[i]) {
			return "", false
		}
	}
	full := id[:idKeyLength] + checksum(id[:idKeyLength])
	return full, len(id) == idKeyLength || strings.EqualFold(id, full)
}

// checksum encodes which characters of each group of five are upper case.
func checksum(key string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	var sum [3]byte
	for group := range sum {
		bits := 0
		for i := range 5 {
			if c := key[group*5+i]; 'A' <= c && c <= 'Z' {
				bits |= 1 << i
			}
		}
		sum[group] = alphabet[bits]
	}
	return string(sum[:])
}

// idKey is the part of an id that comparisons look at.
func idKey(id string) string { return id[:min(len(id), idKeyLength)] }
