package sfmock

import (
	"net/http"
	"slices"
)

// toolingWrite lets an endpoint work on the objects that the Tooling API writes.
func toolingWrite(e endpoint) endpoint {
	return func(c *call) (*reply, *apiError) {
		ob, err := c.sobject()
		if err != nil {
			return nil, err
		}
		if !ob.ToolingWrite {
			return nil, errMethod(c.request.Method, "HEAD,GET")
		}
		return e(c)
	}
}

// createInTooling answers with the Tooling API's longer result.
func (c *call) createInTooling() (*reply, *apiError) {
	answer, err := toolingWrite((*call).createRecord)(c)
	if err != nil {
		return nil, err
	}
	if saved, isDocument := answer.Body.(document); isDocument && answer.Status == http.StatusCreated {
		answer.Body = slices.Concat(saved, document{{"warnings", []any{}}, {"infos", []any{}}})
	}
	return answer, nil
}

// updateInTooling writes a record's columns, or the component that the record stands for.
func (c *call) updateInTooling() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	if ob.Component != "" {
		return c.updateMetadata(ob)
	}
	return c.updateRecord()
}
