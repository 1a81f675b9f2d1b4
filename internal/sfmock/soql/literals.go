package soql

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxStringLiteral is the most characters of one string literal.
const maxStringLiteral = 4000

const dateLayout = "2006-01-02"

// likePattern is the right side of LIKE as a regular expression without flags.
type likePattern string

func (p likePattern) compile(caseSensitive bool) *regexp.Regexp {
	flags := "(?is)"
	if caseSensitive {
		flags = "(?s)"
	}
	return regexp.MustCompile(flags + "^(?:" + string(p) + ")$")
}

// relativeDate is a date literal such as LAST_N_DAYS:7.
type relativeDate struct {
	name string
	n    int
}

// dateLiterals maps a date literal to its days, given today and n, the end excluded.
// Those with a colon in their name take n.
var dateLiterals = map[string]func(today time.Time, n int) (from, to time.Time){
	"YESTERDAY":    func(today time.Time, _ int) (from, to time.Time) { return days(today, -1, 0) },
	"TODAY":        func(today time.Time, _ int) (from, to time.Time) { return days(today, 0, 1) },
	"TOMORROW":     func(today time.Time, _ int) (from, to time.Time) { return days(today, 1, 2) },
	"LAST_N_DAYS:": func(today time.Time, n int) (from, to time.Time) { return days(today, -n, 1) },
	"NEXT_N_DAYS:": func(today time.Time, n int) (from, to time.Time) { return days(today, 1, n+1) },
	"N_DAYS_AGO:":  func(today time.Time, n int) (from, to time.Time) { return days(today, -n, 1-n) },
	"THIS_MONTH":   func(today time.Time, _ int) (from, to time.Time) { return months(today, 0) },
	"LAST_MONTH":   func(today time.Time, _ int) (from, to time.Time) { return months(today, -1) },
	"THIS_YEAR": func(today time.Time, _ int) (from, to time.Time) {
		from = time.Date(today.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(1, 0, 0)
	},
}

func days(today time.Time, from, to int) (first, end time.Time) {
	return today.AddDate(0, 0, from), today.AddDate(0, 0, to)
}

func months(today time.Time, from int) (first, end time.Time) {
	first = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, from, 0)
	return first, first.AddDate(0, 1, 0)
}

// span returns the days of the literal around now, in the mock org's time zone, UTC.
func (d relativeDate) span(now time.Time) (from, to time.Time) {
	return dateLiterals[d.name](now.UTC().Truncate(24*time.Hour), d.n)
}

// dateTime reads a datetime literal, whose zone may be spelled with or without a colon.
func dateTime(text string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, strings.ToUpper(text)); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

var escapes = map[byte]rune{
	'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f',
	'N': '\n', 'R': '\r', 'T': '\t', 'B': '\b', 'F': '\f',
	'"': '"', '\'': '\'', '\\': '\\',
}

// characters walks over a raw string literal and yields each character, told whether it
// was escaped. On an illegal escape it returns the sequence and false.
func characters(raw string, yield func(character rune, escaped bool)) (illegal string, ok bool) {
	for i := 0; i < len(raw); {
		character, size := utf8.DecodeRuneInString(raw[i:])
		if character != '\\' {
			yield(character, false)
			i += size
			continue
		}
		sequence := raw[i:min(i+2, len(raw))]
		switch escape := sequence[len(sequence)-1]; escape {
		case 'u':
			sequence = raw[i:min(i+6, len(raw))]
			code, err := strconv.ParseUint(sequence[2:], 16, 16)
			if err != nil || len(sequence) < 6 {
				return sequence, false
			}
			yield(rune(code), true)
		case '_', '%':
			yield(rune(escape), true)
		default:
			unescaped, known := escapes[escape]
			if !known {
				return sequence, false
			}
			yield(unescaped, true)
		}
		i += len(sequence)
	}
	return "", true
}

// decodeString reads a raw string literal; \_ and \% are for LIKE only.
func decodeString(raw string) (text, illegal string, ok bool) {
	var out strings.Builder
	wildcard := ""
	illegal, ok = characters(raw, func(character rune, escaped bool) {
		if escaped && (character == '_' || character == '%') {
			wildcard = `\` + string(character)
		}
		out.WriteRune(character)
	})
	if ok && wildcard != "" {
		return "", wildcard, false
	}
	return out.String(), illegal, ok
}

// decodeLike reads a raw string literal that stands after LIKE.
func decodeLike(raw string) (pattern likePattern, illegal string, ok bool) {
	var out strings.Builder
	illegal, ok = characters(raw, func(character rune, escaped bool) {
		switch {
		case character == '%' && !escaped:
			out.WriteString(".*")
		case character == '_' && !escaped:
			out.WriteByte('.')
		default:
			out.WriteString(regexp.QuoteMeta(string(character)))
		}
	})
	return likePattern(out.String()), illegal, ok
}
