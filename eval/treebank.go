package eval

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"readout/conllu"
	"readout/doc"
)

// ReadTreebank is the annotated document of one CoNLL-U file in a folder; the
// file may be packed (name.gz).
func ReadTreebank(dir, name string) (*doc.Document, error) {
	sentences, err := readSentences(dir, name)
	if err != nil {
		return nil, err
	}
	return annotated(name, sentences)
}

// ReadTreebankDocuments is ReadTreebank with one document for each "# newdoc".
func ReadTreebankDocuments(dir, name string) ([]*doc.Document, error) {
	sentences, err := readSentences(dir, name)
	if err != nil {
		return nil, err
	}
	var out []*doc.Document
	for _, part := range conllu.Split(sentences) {
		d, err := annotated(name, part)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func readSentences(dir, name string) ([]conllu.Sentence, error) {
	r, err := openData(dir, name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return conllu.Read(r, name)
}

func annotated(name string, sentences []conllu.Sentence) (*doc.Document, error) {
	d, err := conllu.Annotated(sentences)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if missing := (doc.LayerTags | doc.LayerTree) &^ d.Has; missing != 0 {
		return nil, fmt.Errorf("%s: not every word has its %s", name, missing)
	}
	return d, nil
}

// openData opens dir/name, or dir/name.gz and unpacks it.
func openData(dir, name string) (io.ReadCloser, error) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	f, err := os.Open(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if f, err = os.Open(path + ".gz"); err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s.gz: %w", path, err)
	}
	return packed{z, f}, nil
}

type packed struct {
	*gzip.Reader
	file *os.File
}

func (p packed) Close() error { return errors.Join(p.Reader.Close(), p.file.Close()) }

// nameKinds maps the kinds of the name corpora to ours.
var nameKinds = map[string]doc.NameKind{
	"PER": doc.NamePER, "politician": doc.NamePER, "person": doc.NamePER,
	"ORG": doc.NameORG, "politicalparty": doc.NameORG, "organisation": doc.NameORG,
	"LOC": doc.NameLOC, "country": doc.NameLOC, "location": doc.NameLOC,
	"OTH": doc.NameOTH, "MISC": doc.NameOTH, "misc": doc.NameOTH, "event": doc.NameOTH, "election": doc.NameOTH,
}

// sentencesAsDocument is how many sentences are taken for one document in a
// corpus of names that does not say where its documents begin.
const sentencesAsDocument = 12

// ReadNames reads a corpus of "token TAB tag" lines in IOB2, a blank line after
// each sentence: one document for each "# newdoc", with the text layer, tokens
// divided by one space, and the names.
func ReadNames(dir, file string) ([]*doc.Document, error) {
	r, err := openData(dir, file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []*doc.Document
	b := namesBuilder{}
	marked := false
	in := bufio.NewScanner(r)
	for line := 1; in.Scan(); line++ {
		form, tag, ok := strings.Cut(in.Text(), "\t")
		switch {
		case ok:
			b.token(form, tag)
		case strings.HasPrefix(form, "# newdoc"):
			out = b.document(out)
			marked = true
		case form == "":
			b.endSentence()
			if !marked && len(b.d.Sentences) >= sentencesAsDocument {
				out = b.document(out)
			}
		case form[0] != '#':
			return nil, fmt.Errorf("%s:%d: no tab", file, line)
		}
	}
	return b.document(out), in.Err()
}

type namesBuilder struct {
	d     doc.Document
	text  strings.Builder
	begin int32 // of the sentence
}

func (b *namesBuilder) token(form, tag string) {
	t := &b.d.Tokens
	at, i := int32(b.text.Len()), int32(len(t.Bytes))
	b.text.WriteString(form)
	b.text.WriteByte(' ')
	t.Bytes = append(t.Bytes, doc.Range{Begin: at, End: at + int32(len(form))})
	t.Sent = append(t.Sent, int32(len(b.d.Sentences)))
	place, kindName, _ := strings.Cut(tag, "-")
	kind := nameKinds[kindName]
	n := len(b.d.Names) - 1
	switch {
	case kind == 0:
	case place == "I" && i > b.begin && n >= 0 && b.d.Names[n].Span.End == i && b.d.Names[n].Kind == kind:
		b.d.Names[n].Span.End++
	default:
		b.d.Names = append(b.d.Names, doc.Name{Span: doc.Span{Begin: i, End: i + 1}, Kind: kind, Confidence: 1})
	}
}

func (b *namesBuilder) endSentence() {
	if end := int32(len(b.d.Tokens.Bytes)); end > b.begin {
		b.d.Sentences = append(b.d.Sentences, doc.Span{Begin: b.begin, End: end})
		b.begin = end
	}
}

// document ends the document and adds it to list.
func (b *namesBuilder) document(list []*doc.Document) []*doc.Document {
	b.endSentence()
	d := b.d
	d.Text = b.text.String()
	if d.Names == nil {
		d.Names = []doc.Name{}
	}
	d.Has = doc.LayerText | doc.LayerNames
	*b = namesBuilder{}
	if d.Len() == 0 {
		return list
	}
	return append(list, &d)
}
