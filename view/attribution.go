package view

import (
	"encoding/json"
	"io"

	"readout/reading"
)

// attribution is a document as scorers of attribution read it; offsets are code
// points of its text.
type attribution struct {
	ID         string            `json:"id"`
	Statements []attributionItem `json:"statements"`
}

type attributionItem struct {
	Source  *attributionSpans `json:"source"`
	Cue     *attributionSpans `json:"cue"`
	Content attributionSpans  `json:"content"`
}

type attributionSpans struct {
	Spans []reading.Span `json:"spans"`
}

// Attribution writes one line of JSON: the article's key (its id where it has
// none) and its statements with the spans of source, cue and content. It leaves
// out what stands within another statement, and silences: they have no content.
func Attribution(w io.Writer, r *reading.Reading) error {
	out := attribution{ID: r.Document.Key, Statements: []attributionItem{}}
	if out.ID == "" {
		out.ID = r.Document.ID
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Within != "" || s.Form == "silence" || len(s.Content) == 0 {
			continue
		}
		it := attributionItem{Content: attributionSpans{s.Content}}
		// Scorers want no source where nobody is named: "reportedly" is none.
		if s.Source.Span != nil && s.Source.Standing != "unattributed" {
			it.Source = &attributionSpans{[]reading.Span{*s.Source.Span}}
		}
		if s.Cue != nil {
			it.Cue = &attributionSpans{[]reading.Span{s.Cue.Span}}
		}
		out.Statements = append(out.Statements, it)
	}
	return json.NewEncoder(w).Encode(out)
}
