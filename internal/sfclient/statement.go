package sfclient

import (
	"errors"
	"regexp"
	"strings"
)

var (
	soqlLiteral = regexp.MustCompile(`'(?:[^'\\]|\\.)*'`)
	soqlSelect  = regexp.MustCompile(`(?i)^\s*SELECT\s`)
	soqlToken   = regexp.MustCompile(`[()]|\w+`)
)

// CheckStatement tells what keeps a text from being one SOQL query, as far as can be seen without the org.
func CheckStatement(statement string) error {
	bare := soqlLiteral.ReplaceAllString(statement, "")
	switch {
	case !soqlSelect.MatchString(statement):
		return errors.New("a query begins with SELECT")
	case strings.Contains(bare, "'"):
		return errors.New(`a text has no end; within a text, write an apostrophe as \'`)
	case strings.Contains(bare, ";"):
		return errors.New("it is one statement, and ends without a semicolon")
	case strings.Count(bare, "(") != strings.Count(bare, ")"):
		return errors.New("its parentheses don't match")
	}
	return nil
}

// childNames are the relationships whose rows the sub-queries in a statement's select list read.
func childNames(statement string) []string {
	var names []string
	depth, after := 0, ""
	for _, token := range soqlToken.FindAllString(soqlLiteral.ReplaceAllString(statement, ""), -1) {
		switch {
		case token == "(":
			depth++
		case token == ")":
			depth--
		case strings.EqualFold(token, "FROM") && depth == 0:
			return names
		case strings.EqualFold(after, "FROM"):
			names = append(names, token)
		}
		after = token
	}
	return names
}
