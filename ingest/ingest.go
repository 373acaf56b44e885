// Package ingest turns what a user hands in, files, folders, standard input and
// addresses, into articles to be read: plain text, Markdown, lines of JSON, web
// pages, feeds, archives of the web, PDF.
//
// It knows encodings, file formats and limits, and says of each input in plain
// words what is wrong with it. It does not read articles; what is in them is
// for package readout to say.
package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"readout"
	"readout/ingest/fetch"
)

// Stdin is the name of an input that stands for standard input.
const Stdin = "-"

// Item is one article of an input, or the reason why there is none.
type Item struct {
	Name    string // the input's name, with its line for a line of JSON: "news.jsonl:12"
	Article readout.Article
	Note    string // what had to be done to read it; "" as a rule
	Err     error
}

// Config says how inputs are taken. The zero value works.
type Config struct {
	// Defaults fill the fields that an input does not have itself.
	Defaults readout.Article
	// MaxBytes is the size up to which a file or a line is taken; 0 means
	// readout.DefaultMaxBytes.
	MaxBytes int
	// AnyLanguage takes articles that are plainly not in English.
	AnyLanguage bool
	// Stdin is what the input "-" reads; nil means that there is none.
	Stdin io.Reader
	// Client fetches addresses; nil means that none is fetched.
	Client *fetch.Client
	// PDF gives the text of a PDF; nil means that none is read.
	PDF func(ctx context.Context, b []byte) (string, error)
	// PassedOver is told of each file of a folder, and each page of an archive,
	// that holds no article; nil means that nobody is.
	PassedOver func(name string)
}

func (c *Config) passOver(name string) {
	if c.PassedOver != nil {
		c.PassedOver(name)
	}
}

// Items is ItemsContext of files and folders, which need not be stopped.
func Items(cfg Config, inputs []string) iter.Seq[Item] {
	return ItemsContext(context.Background(), cfg, inputs)
}

// ItemsContext yields the articles of the inputs, in their order: of files, of
// folders, of addresses. A folder gives its files that hold articles by their names
// (.txt, .md, .html, .jsonl, .warc.gz and so on), those of its folders included,
// in the order of their names; hidden ones are left out. A feed gives its items,
// with the text of their pages where it has not the whole of it itself. An input
// that cannot be read is an Item with Err set, and the next is taken; when ctx
// ends, so do the items.
func ItemsContext(ctx context.Context, cfg Config, inputs []string) iter.Seq[Item] {
	cfg.MaxBytes = cfg.maxBytes()
	return func(yield func(Item) bool) {
		for _, name := range inputs {
			if ctx.Err() != nil || !cfg.input(ctx, name, yield) {
				return
			}
		}
	}
}

func (c *Config) maxBytes() int {
	if c.MaxBytes <= 0 {
		return readout.DefaultMaxBytes
	}
	return c.MaxBytes
}

func (c *Config) input(ctx context.Context, name string, yield func(Item) bool) bool {
	if name == Stdin {
		if c.Stdin == nil {
			return yield(Item{Name: "standard input", Err: errors.New("there is no standard input")})
		}
		return c.reader(ctx, "standard input", c.Stdin, 0, yield)
	}
	if IsAddress(name) {
		return c.address(ctx, name, yield)
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return yield(Item{Name: name, Err: errors.New("there is no such file or folder")})
	case err != nil:
		return yield(Item{Name: name, Err: plain(err)})
	case info.IsDir():
		return c.folder(ctx, name, yield)
	}
	return c.file(ctx, name, yield)
}

// plain drops the operation and path from a file error: the item names it.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (c *Config) folder(ctx context.Context, root string, yield func(Item) bool) bool {
	var files []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != root && strings.HasPrefix(e.Name(), ".") {
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		switch {
		case e.IsDir():
		case inFolder(path):
			files = append(files, path)
		default:
			c.passOver(path)
		}
		return nil
	})
	if err != nil {
		return yield(Item{Name: root, Err: plain(err)})
	}
	if len(files) == 0 {
		return yield(Item{Name: root, Err: fmt.Errorf("the folder has no articles (%s)", strings.Join(extensions, ", "))})
	}
	slices.Sort(files)
	for _, f := range files {
		if ctx.Err() != nil || !c.file(ctx, f, yield) {
			return false
		}
	}
	return true
}

func (c *Config) file(ctx context.Context, name string, yield func(Item) bool) bool {
	f, err := os.Open(name)
	if err != nil {
		return yield(Item{Name: name, Err: plain(err)})
	}
	defer f.Close()
	size := int64(0)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	return c.reader(ctx, name, f, size, yield)
}

// reader reads one file in the format that its name or its beginning tells. The
// size, 0 where it is not known, saves growing a buffer step by step.
func (c *Config) reader(ctx context.Context, name string, r io.Reader, size int64, yield func(Item) bool) bool {
	br := bufio.NewReaderSize(r, 1<<16)
	f := formatOf(name, br)
	switch f {
	case formatLines:
		return c.lines(name, br, yield)
	case formatWARC:
		return c.archive(ctx, name, br, yield)
	}
	var b bytes.Buffer
	b.Grow(int(min(size, int64(c.MaxBytes))) + 2*bytes.MinRead)
	_, err := b.ReadFrom(io.LimitReader(br, int64(c.MaxBytes)+1))
	switch {
	case err != nil:
		return yield(Item{Name: name, Err: plain(err)})
	case b.Len() > c.MaxBytes:
		return yield(Item{Name: name, Err: tooLarge(c.MaxBytes)})
	}
	switch f {
	case formatPage:
		return yield(c.page(name, b.Bytes(), c.Defaults.URL, ""))
	case formatFeed:
		return c.feed(ctx, name, b.Bytes(), c.Defaults.URL, yield)
	case formatPDF:
		return yield(c.pdf(ctx, name, b.Bytes()))
	}
	a := c.Defaults
	var note string
	if a.Text, note, err = Decode(b.Bytes()); err != nil {
		return yield(Item{Name: name, Err: err})
	}
	b = bytes.Buffer{} // not kept while the article is read
	if f == formatMarkdown {
		markdown(&a)
	}
	return yield(c.checked(Item{Name: name, Article: a, Note: note}))
}

func tooLarge(limit int) error {
	return fmt.Errorf("%w: it has more than %d bytes", readout.ErrTooLarge, limit)
}

// line is an article as one line of JSON. Keys it does not know are left alone.
type line struct {
	ID        id     `json:"id"`
	Text      string `json:"text"`
	Title     string `json:"title"`
	Outlet    string `json:"outlet"`
	Byline    string `json:"byline"`
	Credit    string `json:"credit"`
	URL       string `json:"url"`
	Canonical string `json:"canonical"`
	Published string `json:"published"`
	Modified  string `json:"modified"`
}

// id is a caller's own id: a string, or a number kept as it is written.
type id string

// UnmarshalJSON takes "a17" and 17.
func (v *id) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '"' {
		var n json.Number
		if err := json.Unmarshal(b, &n); err != nil {
			return fmt.Errorf("id: %w", err)
		}
		*v = id(n)
		return nil
	}
	return json.Unmarshal(b, (*string)(v))
}

func (c *Config) lines(name string, br *bufio.Reader, yield func(Item) bool) bool {
	for n, some := 1, false; ; n++ {
		b, long, err := readLine(br, c.MaxBytes)
		it := Item{Name: fmt.Sprintf("%s:%d", name, n)}
		b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\uFEFF")))
		switch {
		case long:
			it.Err = tooLarge(c.MaxBytes)
		case len(b) > 0:
			if it.Article, it.Err = c.line(b); it.Err == nil {
				it = c.checked(it)
			}
		}
		if long || len(b) > 0 {
			some = true
			if !yield(it) {
				return false
			}
		}
		switch {
		case err == io.EOF && !some:
			return yield(Item{Name: name, Err: ErrEmpty})
		case err == io.EOF:
			return true
		case err != nil:
			return yield(Item{Name: name, Err: plain(err)})
		}
	}
}

// readLine reads up to the next line break. Of a line longer than limit it
// keeps nothing and says so; the reader then stands at the next line.
func readLine(br *bufio.Reader, limit int) (b []byte, long bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if !long && len(b)+len(part) > limit {
			b, long = nil, true
		}
		if !long {
			b = append(b, part...)
		}
		if err != bufio.ErrBufferFull {
			return b, long, err
		}
	}
}

// line decodes one line of JSON.
func (c *Config) line(b []byte) (readout.Article, error) {
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return readout.Article{}, fmt.Errorf("the line is no JSON object with a text: %w", err)
	}
	a := c.Defaults
	for _, f := range []struct{ to, from *string }{
		{&a.Key, (*string)(&l.ID)}, {&a.Title, &l.Title}, {&a.Outlet, &l.Outlet}, {&a.Byline, &l.Byline}, {&a.Credit, &l.Credit}, {&a.URL, &l.URL},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	a.URL = ownAddress(a.URL, l.Canonical)
	text, err := decoded(l.Text)
	if err != nil {
		if errors.Is(err, ErrEmpty) {
			err = errors.New(`the line has no "text", or an empty one`)
		}
		return readout.Article{}, err
	}
	a.Text = text
	if l.Published != "" {
		if a.Published, err = ParseDate(l.Published); err != nil {
			return readout.Article{}, fmt.Errorf("published: %w", err)
		}
	}
	if l.Modified != "" {
		if a.Modified, err = ParseDate(l.Modified); err != nil {
			return readout.Article{}, fmt.Errorf("modified: %w", err)
		}
	}
	return a, nil
}

// ErrLanguage is an article that is plainly not in English.
var ErrLanguage = errors.New("it is not in English")

// checked refuses what is text and still no article this program can read.
func (c *Config) checked(it Item) Item {
	if strings.TrimSpace(it.Article.Text) == "" {
		it.Err = ErrEmpty
		return it
	}
	name, english := Language(it.Article.Text)
	if english {
		it.Article.Language = "en"
		return it
	}
	if !c.AnyLanguage {
		it.Err = fmt.Errorf("%w: it seems to be in %s", ErrLanguage, name)
	}
	return it
}
