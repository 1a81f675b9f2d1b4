package soql

import "strings"

// statement reads a query. level is 1 for the root and grows with each child sub-query.
func (p *parser) statement(level int) *Query {
	query := &Query{text: p.text, limit: noLimit}
	p.expect("SELECT")
	if p.at("FROM") {
		p.refuse(p.last(), malformedQuery, "unexpected token: '%s %s'", p.last().text, p.peek().text)
	}
	if query.count = p.acceptCount(); !query.count {
		query.selection = commaList(p, func() selected { return p.selected(level) })
	}
	p.from(query)
	p.where(query)
	if p.accept("WITH") && p.acceptOne(accessModes) == "" {
		p.unexpected()
	}
	if !query.count {
		p.grouping(query)
		p.ordering(query)
	}
	p.window(query)
	if level == 1 {
		p.viewing()
	}
	return query
}

// acceptCount reads COUNT(), which must be alone in its SELECT list.
func (p *parser) acceptCount() bool {
	const length = 3
	if !p.at("COUNT") || len(p.tokens) < p.next+length || !p.tokens[p.next+1].is("(") || !p.tokens[p.next+2].is(")") {
		return false
	}
	p.next += length
	return true
}

func (p *parser) selected(level int) selected {
	switch {
	case p.at("("):
		return selected{child: p.child(level + 1)}
	case p.at("FIELDS") && p.following().is("("):
		return p.fields()
	}
	element := selected{expression: p.expression()}
	if t := p.peek(); t.kind == wordToken && !isOneOf(t.text, reserved) {
		element.alias = p.identifier()
	}
	return element
}

func (p *parser) fields() selected {
	element := selected{expression: expression{path: path{pos: p.take().pos}}}
	p.expect("(")
	if element.group = p.acceptOne(fieldGroups); element.group == "" {
		p.unexpected()
	}
	p.expect(")")
	return element
}

func (p *parser) child(level int) *Query {
	open := p.take()
	p.subqueries++
	switch {
	case p.subqueries > maxSubqueries:
		p.refuse(open, malformedQuery, "SOQL statements cannot have more than %d sub-queries.", maxSubqueries)
	case level > maxChildDepth:
		p.refuse(open, malformedQuery, "SOQL statements cannot query aggregate relationships more than %d levels away "+
			"from the root entity object.", maxChildDepth-1)
	}
	query := p.statement(level)
	p.expect(")")
	return query
}

// from reads the object, its alias and the scope. Group is an object in spite of GROUP BY.
func (p *parser) from(query *Query) {
	p.expect("FROM")
	query.from = p.identifier("GROUP")
	if t := p.peek(); t.kind == wordToken && !isOneOf(t.text, reserved) && !isOneOf(t.text, clauses) {
		query.alias = p.take().text
	}
	if p.accept("USING") {
		p.expect("SCOPE")
		if p.acceptOne(scopes) == "" {
			p.unexpected()
		}
	}
}

func (p *parser) where(query *Query) {
	if p.accept("WHERE") {
		query.where = p.condition(p.column)
		p.checkSemiJoins(query.where)
	}
}

func (p *parser) grouping(query *Query) {
	if !p.accept("GROUP") {
		return
	}
	p.expect("BY")
	query.groups = commaList(p, p.path)
	if p.accept("HAVING") {
		query.having = p.condition(p.expression)
	}
}

func (p *parser) ordering(query *Query) {
	if !p.accept("ORDER") {
		return
	}
	p.expect("BY")
	query.order = commaList(p, func() ordering {
		order := ordering{expression: p.expression()}
		order.descending = p.acceptOne([]string{"ASC", "DESC"}) == "DESC"
		if p.accept("NULLS") {
			position := p.acceptOne([]string{"FIRST", "LAST"})
			if position == "" {
				p.unexpected()
			}
			order.nullsLast = position == "LAST"
		}
		return order
	})
}

func (p *parser) window(query *Query) {
	if p.accept("LIMIT") {
		query.limit = p.integer()
	}
	if p.accept("OFFSET") {
		if query.offset = p.integer(); query.offset > maxOffset && p.err == nil {
			p.err = fail(outsideValidRange, "Maximum SOQL offset allowed is %d", maxOffset)
		}
	}
}

// viewing reads the clauses that change nothing in what a query returns.
func (p *parser) viewing() {
	for p.accept("FOR") {
		if p.acceptOne([]string{"VIEW", "REFERENCE", "UPDATE"}) == "" {
			p.unexpected()
		}
	}
	if p.accept("UPDATE") && p.acceptOne([]string{"TRACKING", "VIEWSTAT"}) == "" {
		p.unexpected()
	}
	if t := p.peek(); p.accept("ALL") {
		p.expect("ROWS")
		p.refuse(t, malformedQuery, "ALL ROWS not allowed in this context")
	}
}

// relationship is the child relationship that FROM names, "Contacts" or "Account.Contacts".
func (q *Query) relationship() string {
	return q.from.text[strings.LastIndexByte(q.from.text, '.')+1:]
}
