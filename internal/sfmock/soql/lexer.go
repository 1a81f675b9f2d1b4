package soql

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	endToken tokenKind = iota
	wordToken
	stringToken
	numberToken
	dateToken
	dateTimeToken
	symbolToken
)

// token is one lexeme. A string's text is what stands between its quotes, escapes
// and all; a word's text includes the dots of a path.
type token struct {
	kind tokenKind
	text string
	pos  int
}

// is tells whether the token is the keyword or symbol.
func (t token) is(text string) bool {
	return (t.kind == wordToken || t.kind == symbolToken) && strings.EqualFold(t.text, text)
}

// patterns are tried in this order, so that a date is not taken for a number.
var patterns = []struct {
	kind       tokenKind
	expression *regexp.Regexp
}{
	{wordToken, regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*`)},
	{dateTimeToken, regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt][0-9:.]*([Zz]|[+-][0-9:]+)?`)},
	{dateToken, regexp.MustCompile(`^\d{4}-\d\d-\d\d`)},
	{numberToken, regexp.MustCompile(`^[+-]?\d+(\.\d+)?`)},
	{symbolToken, regexp.MustCompile(`^(!=|<>|<=|>=|[=<>(),:])`)},
}

// lex cuts a statement into tokens, the last of which is an endToken.
func lex(text string) ([]token, *Error) {
	var tokens []token
	for pos := 0; ; {
		pos += len(text[pos:]) - len(strings.TrimLeft(text[pos:], " \t\r\n"))
		if pos == len(text) {
			return append(tokens, token{endToken, "<EOF>", pos}), nil
		}
		next, length := match(text[pos:], pos)
		if text[pos] == '\'' {
			var err *Error
			if next, length, err = lexString(text, pos); err != nil {
				return nil, err
			}
		}
		if length == 0 {
			return nil, unknownCharacter(text, pos)
		}
		tokens = append(tokens, next)
		pos += length
	}
}

func match(rest string, pos int) (token, int) {
	for _, pattern := range patterns {
		if found := pattern.expression.FindString(rest); found != "" {
			return token{pattern.kind, found, pos}, len(found)
		}
	}
	return token{}, 0
}

func lexString(text string, start int) (token, int, *Error) {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '\n', '\r':
			return token{}, 0, failAt(text, start, malformedQuery, "line breaks not allowed in string literals")
		case '\'':
			return token{stringToken, text[start+1 : i], start}, i + 1 - start, nil
		}
	}
	line, column := lineAndColumn(text, start)
	return token{}, 0, fail(malformedQuery, "line %d:%d mismatched character '<EOF>' expecting '''", line, column)
}

func unknownCharacter(text string, pos int) *Error {
	line, column := lineAndColumn(text, pos)
	character, _ := utf8.DecodeRuneInString(text[pos:])
	return fail(malformedQuery, "line %d:%d unexpected token: '%c'", line, column, character)
}

// lineAndColumn counts as Salesforce's lexer does: lines from 1, columns from 0.
func lineAndColumn(text string, pos int) (line, column int) {
	before := text[:pos]
	lineStart := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[lineStart:])
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
