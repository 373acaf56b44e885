package conllu

import (
	"fmt"
	"strconv"
	"strings"

	"readout/doc"
)

// Sentences gives d as CoNLL-U: its tokens, and the tags, tree and names that
// are set. Every sentence has a sent_id and its text; newdoc and newpar stand
// where the document and its blocks begin.
func Sentences(d *doc.Document) []Sentence {
	out := make([]Sentence, 0, len(d.Sentences))
	block, word := 0, 0
	for i, span := range d.Sentences {
		s := Sentence{Comments: comments(d, i, span, &block)}
		for word < len(d.Words) && d.Words[word].Begin < span.End {
			w := d.Words[word]
			s.Ranges = append(s.Ranges, Range{First: int(w.Begin-span.Begin) + 1, Last: int(w.End - span.Begin), Form: oneLine(d.Slice(w)), Misc: spaceAfter(d, w.End-1)})
			word++
		}
		s.Words = make([]Word, span.Len())
		next := 0
		for k := range s.Words {
			t := span.Begin + int32(k)
			s.Words[k] = Word{Form: oneLine(d.Form(t)), Head: NoHead}
			for next < len(s.Ranges) && s.Ranges[next].Last < k+1 {
				next++
			}
			if next == len(s.Ranges) || s.Ranges[next].First > k+1 {
				s.Words[k].Misc = spaceAfter(d, t)
			}
		}
		annotate(d, span, s.Words)
		out = append(out, s)
	}
	annotateNames(d, out)
	return out
}

// Update gives sentences with the annotation of d: the columns LEMMA to DEPREL
// of the layers that d has, "_" for those it has not, and the names in MISC.
// Forms, ranges, comments and the rest of MISC stay as they are. It is an error
// when d does not have the sentences' tokens.
func Update(sentences []Sentence, d *doc.Document) ([]Sentence, error) {
	if len(sentences) != len(d.Sentences) {
		return nil, fmt.Errorf("conllu: %d sentences, the document has %d", len(sentences), len(d.Sentences))
	}
	out := make([]Sentence, len(sentences))
	for i, s := range sentences {
		span := d.Sentences[i]
		if span.Len() != len(s.Words) {
			return nil, fmt.Errorf("conllu: sentence %d has %d words, in the document %d", i+1, len(s.Words), span.Len())
		}
		words := make([]Word, len(s.Words))
		for k, w := range s.Words {
			words[k] = Word{Form: w.Form, Head: NoHead, Misc: w.Misc}
			if d.Has&doc.LayerNames != 0 {
				words[k].Misc = setMisc(w.Misc, "NER", "")
			}
		}
		annotate(d, span, words)
		out[i] = Sentence{Comments: s.Comments, Words: words, Ranges: s.Ranges}
	}
	annotateNames(d, out)
	return out, nil
}

// comments makes the comments of sentence i; block is the next block that has
// not begun.
func comments(d *doc.Document, i int, span doc.Span, block *int) []string {
	var out []string
	id := strconv.Itoa(i + 1)
	if key := oneLine(d.Key); key != "" {
		if i == 0 {
			out = append(out, "# newdoc id = "+key)
		}
		id = key + "-" + id
	}
	begins := false
	for *block < len(d.Blocks) && d.Blocks[*block].Span.Begin <= span.Begin {
		begins = true
		*block++
	}
	if begins {
		out = append(out, "# newpar")
	}
	return append(out, "# sent_id = "+id, "# text = "+oneLine(d.Slice(span)))
}

// oneLine replaces what would break a line or a column by a space.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\t\r\n\v\f\u0085\u2028\u2029") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(s, "\u2028", " "), "\u2029", " ")), " ")
}

func spaceAfter(d *doc.Document, t int32) string {
	if int(t)+1 < d.Len() && d.Tokens.Bytes[t].End == d.Tokens.Bytes[t+1].Begin {
		return "SpaceAfter=No"
	}
	return ""
}

// annotate fills the columns of the layers that d has.
func annotate(d *doc.Document, span doc.Span, words []Word) {
	for k := range words {
		t, w := span.Begin+int32(k), &words[k]
		if d.Has&doc.LayerTags != 0 {
			w.Lemma, w.UPOS, w.XPOS = d.Lemma(t), d.UPOS(t).String(), d.XPOS(t)
			w.Feats = d.Strings.Get(d.Tokens.Feats[t])
		}
		if d.Has&doc.LayerTree == 0 {
			continue
		}
		w.Deprel = d.Deprel(t).String()
		w.Head = 0
		if h := d.Head(t); h != doc.Root {
			w.Head = int(h-span.Begin) + 1
		}
	}
}

func annotateNames(d *doc.Document, out []Sentence) {
	for _, n := range d.Names {
		bi := "B-"
		for t := n.Span.Begin; t < n.Span.End; t++ {
			i := d.Tokens.Sent[t]
			w := &out[i].Words[t-d.Sentences[i].Begin]
			w.Misc = setMisc(w.Misc, "NER", bi+n.Kind.String())
			bi = "I-"
		}
	}
}

// MiscValue is the value of a key in a column of key=value pairs (MISC, FEATS),
// "" where there is none.
func MiscValue(column, key string) string {
	for column != "" {
		var pair string
		pair, column, _ = strings.Cut(column, "|")
		if k, v, ok := strings.Cut(pair, "="); ok && k == key {
			return v
		}
	}
	return ""
}

// setMisc gives column with key set to v, or without key where v is empty.
func setMisc(column, key, v string) string {
	if column == "" || MiscValue(column, key) != "" {
		var keep []string
		for pair := range strings.SplitSeq(column, "|") {
			if k, _, _ := strings.Cut(pair, "="); k != key && pair != "" {
				keep = append(keep, pair)
			}
		}
		column = strings.Join(keep, "|")
	}
	switch {
	case v == "":
		return column
	case column == "":
		return key + "=" + v
	}
	return column + "|" + key + "=" + v
}
