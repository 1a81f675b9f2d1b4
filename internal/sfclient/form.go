package sfclient

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
)

// form is a request body of several parts, which is sent as it is.
type form struct {
	contentType string
	content     []byte
	summary     string // what a log shows in its place
}

// formPart is one part of a form.
type formPart struct {
	name, file, contentType string // file is the name of an uploaded file, empty for other parts
	content                 []byte
}

func newForm(summary string, parts ...formPart) (*form, error) {
	var content bytes.Buffer
	writer := multipart.NewWriter(&content)
	for _, part := range parts {
		disposition := fmt.Sprintf("form-data; name=%q", part.name)
		if part.file != "" {
			disposition += fmt.Sprintf("; filename=%q", part.file)
		}
		w, err := writer.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {part.contentType}})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(part.content); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return &form{writer.FormDataContentType(), content.Bytes(), summary}, nil
}
