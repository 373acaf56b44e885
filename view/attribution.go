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
// none) and its attributions (reading.Attributions) with the spans of source, cue
// and content.
func Attribution(w io.Writer, r *reading.Reading) error {
	out := attribution{ID: r.Document.Key, Statements: []attributionItem{}}
	if out.ID == "" {
		out.ID = r.Document.ID
	}
	for _, a := range r.Attributions() {
		it := attributionItem{Content: attributionSpans{a.Content}}
		if a.Source != nil {
			it.Source = &attributionSpans{a.Source}
		}
		if a.Cue != nil {
			it.Cue = &attributionSpans{a.Cue}
		}
		out.Statements = append(out.Statements, it)
	}
	return json.NewEncoder(w).Encode(out)
}
