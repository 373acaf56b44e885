package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"readout"
	"readout/ingest"
	"readout/ingest/fetch"
	"readout/note"
	"readout/registry"
	"readout/web"
)

// openInputs gives the articles of what is handed in on the pages: files and
// addresses, as 'readout add' takes them.
func openInputs(client *fetch.Client) func(context.Context, web.Input) iter.Seq[web.Arrival] {
	return func(ctx context.Context, in web.Input) iter.Seq[web.Arrival] {
		return func(yield func(web.Arrival) bool) {
			name := in.File
			if in.Address != "" {
				if name = in.Address; !ingest.IsAddress(name) { // never a file of this machine
					yield(web.Arrival{Name: name, Err: fetch.ErrAddress})
					return
				}
			}
			cfg := ingest.Config{Defaults: readout.Article{Outlet: in.Outlet, Published: in.Published}, Client: client, PDF: readPDF, Stdin: bytes.NewReader(nil)}
			for it := range ingest.ItemsContext(ctx, cfg, []string{name}) {
				a := recordArticle(&it.Article)
				if !yield(web.Arrival{Name: it.Name, Article: &a, Note: it.Note, Err: it.Err}) {
					return
				}
			}
		}
	}
}

// notes enters the notes that are typed on a page, as 'readout note' does.
func notes(r *readout.Reader, model string) (*web.Notes, error) {
	reg, err := registry.Default()
	if err != nil {
		return nil, err
	}
	return &web.Notes{Shapes: note.Shapes, Enter: func(ctx context.Context, in *web.Note) (*web.Noted, error) {
		form := &note.Form{By: in.By, Title: in.Title, Text: strings.TrimSpace(in.Text)}
		if !in.Published.IsZero() {
			form.Published = in.Published.Format(time.DateOnly)
		}
		for i, l := range strings.Split(in.Entries, "\n") {
			if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
				continue
			}
			at := fmt.Sprintf("entry in line %d", i+1)
			kind, rest, ok := strings.Cut(l, ":")
			if !ok {
				return nil, fmt.Errorf("%s: it must begin with event, said, stands, waits or tied, and a colon", at)
			}
			e, err := note.ParseEntry(strings.TrimSpace(kind), rest)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", at, err)
			}
			e.At = at
			form.Entries = append(form.Entries, e)
		}
		n := &noter{ctx: ctx, reader: r, reg: reg, model: model}
		got, err := n.enter(form, "the note")
		if err != nil {
			var h hintError
			if errors.As(err, &h) {
				err = h.error
			}
			return nil, err
		}
		return &web.Noted{Article: &got.article, Reading: got.reading, Lines: note.Lines(got.reading)}, nil
	}}, nil
}
