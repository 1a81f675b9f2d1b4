package sfmock

import (
	"fmt"
	"strings"
)

const idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

// newID returns the next 18-character id with the given 3-character key prefix.
func (o *Org) newID(prefix string) string {
	o.lastID++
	return id18(fmt.Sprintf("%s%s%09d", prefix, o.pod, o.lastID))
}

// id18 appends the three checksum characters that make a 15-character id case-insensitive.
func id18(id15 string) string {
	var sum [3]byte
	for group := range 3 {
		bits := 0
		for bit := range 5 {
			if c := id15[group*5+bit]; c >= 'A' && c <= 'Z' {
				bits |= 1 << bit
			}
		}
		sum[group] = idAlphabet[bits]
	}
	return id15 + string(sum[:])
}

// normalID returns the 18-character form of a 15- or 18-character id; ok is false for anything else, a wrong checksum included.
func normalID(id string) (normal string, ok bool) {
	if len(id) != 15 && len(id) != 18 {
		return "", false
	}
	for _, c := range id {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", c) {
			return "", false
		}
	}
	normal = id18(id[:15])
	return normal, len(id) == 15 || normal == id
}
