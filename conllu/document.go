package conllu

import (
	"errors"
	"strings"

	"readout/doc"
)

// maxText is the longest text a document may have: its offsets are 32 bits.
const maxText = 1 << 30

// ErrTooLong is returned when the text of the sentences is too long for one document.
var ErrTooLong = errors.New("conllu: text too long for one document")

// Document makes a document of sentences and sets LayerText, but for Quotes and
// Dateline, which are not in the format. All given annotation is ignored.
//
// The text is that of the comments "# text" where it holds the same characters
// as the forms, and else the forms joined by SpaceAfter. The words of a
// multiword token that do not spell it ("du" = de + le) stand in the text as
// they are given, so that Form is the column FORM for every token. Blocks begin
// at "# newpar" and "# newdoc"; Meta.Key is the id of the first newdoc.
func Document(sentences []Sentence) (*doc.Document, error) {
	b := builder{d: &doc.Document{}}
	for i := range sentences {
		if err := b.sentence(&sentences[i]); err != nil {
			return nil, err
		}
	}
	b.endBlock()
	d := b.d
	d.Text = string(b.text)
	if d.Blocks == nil {
		d.Blocks = []doc.Block{}
	}
	if d.Words == nil {
		d.Words = []doc.Span{}
	}
	d.Has = doc.LayerText
	return d, nil
}

// Annotated is Document with the given annotation taken over: LayerTags where
// every word has a UPOS, LayerTree where every word has a head and a relation,
// LayerNames where any MISC has NER. A relation whose subtype doc does not know
// loses it; one that it does not know at all becomes dep.
func Annotated(sentences []Sentence) (*doc.Document, error) {
	d, err := Document(sentences)
	if err != nil {
		return nil, err
	}
	tags, tree, names := d.Len() > 0, d.Len() > 0, false
	for i := range sentences {
		for _, w := range sentences[i].Words {
			tags = tags && w.UPOS != ""
			tree = tree && w.Head != NoHead && w.Deprel != ""
			names = names || MiscValue(w.Misc, "NER") != ""
		}
	}
	if tags {
		setTags(d, sentences)
	}
	if tree {
		setTree(d, sentences)
	}
	if names {
		setNames(d, sentences)
	}
	return d, nil
}

type builder struct {
	d        *doc.Document
	text     []byte
	glue     bool // the last token has SpaceAfter=No
	block    doc.Block
	hasBlock bool
}

func (b *builder) sentence(s *Sentence) error {
	d := b.d
	kind, newBlock := s.newBlock()
	if newBlock || !b.hasBlock {
		b.endBlock()
		if len(b.text) > 0 {
			b.text = append(b.text, "\n\n"...)
		}
		at := int32(len(b.text))
		b.block = doc.Block{Kind: kind, Bytes: doc.Range{Begin: at}, Span: doc.Span{Begin: int32(len(d.Tokens.Bytes))}}
		b.hasBlock = true
	} else if !b.glue {
		b.text = append(b.text, ' ')
	}
	if id, ok := s.comment("newdoc"); ok && d.Key == "" {
		d.Key = id
	}
	first := int32(len(d.Tokens.Bytes))
	pieces, glue := s.pieces()
	if text, ok := s.comment("text"); ok && agrees(text, pieces) {
		b.place(text, pieces)
	} else {
		b.join(pieces)
	}
	b.glue = glue
	last := int32(len(d.Tokens.Bytes))
	for range last - first {
		d.Tokens.Sent = append(d.Tokens.Sent, int32(len(d.Sentences)))
	}
	d.Sentences = append(d.Sentences, doc.Span{Begin: first, End: last})
	for _, r := range s.Ranges {
		if r.Last > r.First {
			d.Words = append(d.Words, doc.Span{Begin: first + int32(r.First) - 1, End: first + int32(r.Last)})
		}
	}
	if len(b.text) > maxText {
		return ErrTooLong
	}
	return nil
}

func (b *builder) endBlock() {
	if !b.hasBlock {
		return
	}
	b.block.Bytes.End = int32(len(b.text))
	b.block.Span.End = int32(len(b.d.Tokens.Bytes))
	b.d.Blocks = append(b.d.Blocks, b.block)
	b.hasBlock = false
}

// newBlock tells whether a block begins with s, and of what kind it is as far
// as the comment says (GUM writes "# newpar_block = head (1 s)").
func (s *Sentence) newBlock() (doc.BlockKind, bool) {
	_, isDoc := s.comment("newdoc")
	_, isPar := s.comment("newpar")
	kind := doc.BlockParagraph
	v, isKind := s.comment("newpar_block")
	switch v, _, _ = strings.Cut(v, " "); v {
	case "head":
		kind = doc.BlockHeading
	case "item", "list":
		kind = doc.BlockList
	case "caption", "figure":
		kind = doc.BlockCaption
	}
	return kind, isDoc || isPar || isKind
}

// piece is a form and whether white space follows it.
type piece struct {
	form  string
	space bool
}

// pieces gives the forms of s in text order and whether the next sentence
// follows without white space.
func (s *Sentence) pieces() (out []piece, glue bool) {
	out = make([]piece, 0, len(s.Words))
	next := 0
	for i, w := range s.Words {
		id := i + 1
		for next < len(s.Ranges) && s.Ranges[next].Last < id {
			next++
		}
		misc, inside := w.Misc, false
		if next < len(s.Ranges) && s.Ranges[next].First <= id {
			misc, inside = s.Ranges[next].Misc, id < s.Ranges[next].Last
		}
		out = append(out, piece{w.Form, !inside && MiscValue(misc, "SpaceAfter") != "No"})
	}
	return out, len(out) > 0 && !out[len(out)-1].space
}

// agrees reports whether text is the forms and white space.
func agrees(text string, pieces []piece) bool {
	for _, p := range pieces {
		var ok bool
		if text, ok = strings.CutPrefix(strings.TrimLeft(text, spaces), p.form); !ok {
			return false
		}
	}
	return strings.Trim(text, spaces) == ""
}

const spaces = " \t\u00a0\u2009\u200a\u202f\u3000"

func (b *builder) place(text string, pieces []piece) {
	for k, p := range pieces {
		trimmed := strings.TrimLeft(text, spaces)
		if k > 0 {
			b.text = append(b.text, text[:len(text)-len(trimmed)]...)
		}
		b.token(p.form)
		text = trimmed[len(p.form):]
	}
}

func (b *builder) join(pieces []piece) {
	for k, p := range pieces {
		b.token(p.form)
		if p.space && k+1 < len(pieces) {
			b.text = append(b.text, ' ')
		}
	}
}

func (b *builder) token(form string) {
	at := int32(len(b.text))
	b.text = append(b.text, form...)
	b.d.Tokens.Bytes = append(b.d.Tokens.Bytes, doc.Range{Begin: at, End: int32(len(b.text))})
}

func setTags(d *doc.Document, sentences []Sentence) {
	n := d.Len()
	t := &d.Tokens
	t.Lemma, t.UPOS, t.XPOS, t.Feats = make([]doc.Str, 0, n), make([]doc.UPOS, 0, n), make([]doc.Str, 0, n), make([]doc.Str, 0, n)
	for i := range sentences {
		for _, w := range sentences[i].Words {
			upos, ok := doc.ParseUPOS(w.UPOS)
			if !ok {
				upos = doc.X
			}
			t.UPOS = append(t.UPOS, upos)
			t.Lemma = append(t.Lemma, d.Strings.Intern(w.Lemma))
			t.XPOS = append(t.XPOS, d.Strings.Intern(w.XPOS))
			t.Feats = append(t.Feats, d.Strings.Intern(w.Feats))
		}
	}
	d.Has |= doc.LayerTags
}

func setTree(d *doc.Document, sentences []Sentence) {
	n := d.Len()
	t := &d.Tokens
	t.Head, t.Deprel = make([]int32, 0, n), make([]doc.Deprel, 0, n)
	for i := range sentences {
		first := int32(len(t.Head))
		for _, w := range sentences[i].Words {
			h := int32(doc.Root)
			if w.Head > 0 {
				h = first + int32(w.Head) - 1
			}
			t.Head = append(t.Head, h)
			t.Deprel = append(t.Deprel, deprel(w.Deprel))
		}
	}
	d.LinkChildren()
	d.Has |= doc.LayerTree
}

func deprel(s string) doc.Deprel {
	if v, ok := doc.ParseDeprel(s); ok {
		return v
	}
	base, _, _ := strings.Cut(s, ":")
	if v, ok := doc.ParseDeprel(base); ok {
		return v
	}
	return doc.RelDep
}

func setNames(d *doc.Document, sentences []Sentence) {
	d.Names = []doc.Name{}
	at := int32(0)
	for i := range sentences {
		first := at
		for _, w := range sentences[i].Words {
			addName(d, MiscValue(w.Misc, "NER"), first, at)
			at++
		}
	}
	d.Has |= doc.LayerNames
}

// addName takes over the tag of token at, in a sentence that begins at first.
func addName(d *doc.Document, tag string, first, at int32) {
	bi, kindName, _ := strings.Cut(tag, "-")
	kind, ok := doc.ParseNameKind(kindName)
	if !ok {
		return
	}
	if k := len(d.Names) - 1; bi == "I" && k >= 0 && d.Names[k].Kind == kind && d.Names[k].Span.End == at && at > first {
		d.Names[k].Span.End++
		return
	}
	d.Names = append(d.Names, doc.Name{Span: doc.Span{Begin: at, End: at + 1}, Kind: kind, Confidence: 1})
}
