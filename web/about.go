package web

import (
	"context"
	"strings"
)

// aboutPage is what is to be known of the reading.
type aboutPage struct {
	Models  []Model
	Figures []figures
	Version string
}

// figures are what was measured of one part of the reading.
type figures struct {
	Name, Means string
	Table       string
}

// meant says in words what a part of the figures is.
var meant = map[string]string{
	"text":        "Cutting a text into sentences and words, and all that follows from it, from raw text. Per cent right (F1), treebanks of English.",
	"tags":        "Parts of speech, features and base forms of words, from the words. Per cent right.",
	"parse":       "Who does what to whom in a sentence: its tree. Per cent of words tied rightly (UAS), and with the right relation (LAS).",
	"names":       "Names of people, bodies and places. Precision, recall and F1, exact spans.",
	"coref":       "Which words of an article mean the same person or body.",
	"statements":  "Who said what: source, words that report it, content. PolNeAR, a corpus of political news.",
	"articles":    "Expectations that careful readers wrote down for whole articles: what must be found, and what must not be. The lower half are articles that the rules were never fitted to.",
	"joining":     "Which accounts of many articles are of one event, and the status that follows from them.",
	"calibration": "Whether a confidence means what it says: of what is said with 0.8, eight in ten should be right.",
}

// figuresOf reads the measured accuracy: sections that begin with "# name".
func figuresOf(text string) []figures {
	var out []figures
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(line, "# "); ok {
			name = strings.TrimSpace(name)
			out = append(out, figures{Name: name, Means: meant[name]})
			continue
		}
		if len(out) > 0 {
			out[len(out)-1].Table += line
		}
	}
	return out
}

func about(_ context.Context, a *ask) (*page, error) {
	d := &aboutPage{Models: a.s.c.Models, Figures: figuresOf(a.s.c.Figures), Version: a.s.c.Version}
	models := a.s.c.Models
	if models == nil {
		models = []Model{}
	}
	return &page{Name: "about", Title: "About the reading", Data: d, View: struct {
		View    string  `json:"view"`
		Version string  `json:"version"`
		Models  []Model `json:"models"`
		Figures string  `json:"figures"`
	}{"about", d.Version, models, a.s.c.Figures}}, nil
}
