package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
)

// The scripts of pages: of those on which people decide, and of the timeline.
const (
	scriptReview   = "review.js"
	scriptTimeline = "timeline.js"
)

// script is a script of the pages: each is a file of its own, so that the policy
// need not allow any in a page.
func script(name string) []byte {
	b, err := fs.ReadFile(files, "static/"+name)
	if err != nil {
		panic(err) // it is embedded
	}
	return b
}

func scriptURL(name string) string {
	if name == "" {
		return ""
	}
	sum := sha256.Sum256(script(name))
	return "/static/" + hex.EncodeToString(sum[:6]) + "/" + name
}

// jsonBody reads a body of JSON of at most so many bytes.
func jsonBody(w http.ResponseWriter, r *http.Request, most int64) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, problem{Status: http.StatusUnsupportedMediaType, Detail: "the body is to be application/json"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("the body may have %d bytes", most)}
	}
	if err != nil {
		return nil, bad("the body cannot be read")
	}
	return body, nil
}

// strict reads one value of JSON that has no fields but those of v.
func strict(body []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if dec.More() {
		return errors.New("there is more than one")
	}
	return nil
}
