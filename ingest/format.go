package ingest

import (
	"bufio"
	"bytes"
	"path/filepath"
	"strings"

	"readout/ingest/feed"
)

// format is what an input is written in.
type format uint8

const (
	formatText format = iota
	formatMarkdown
	formatLines // of JSON, an article each
	formatPage
	formatFeed
	formatWARC
	formatPDF
)

// extensions are the files that a folder gives, and extensionFormats what they
// hold; the beginning of a file tells when it is something else.
var extensions = []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".warc", ".warc.gz", ".pdf"}

var extensionFormats = map[string]format{
	".md": formatMarkdown, ".markdown": formatMarkdown, ".html": formatPage, ".htm": formatPage, ".xhtml": formatPage, ".jsonl": formatLines, ".ndjson": formatLines,
	".xml": formatFeed, ".rss": formatFeed, ".atom": formatFeed, ".warc": formatWARC, ".warc.gz": formatWARC, ".pdf": formatPDF,
}

// extension is the end of a file's name from the dot, in small letters; that of
// an archive has two.
func extension(name string) string {
	name = strings.ToLower(filepath.Base(name))
	if strings.HasSuffix(name, ".warc.gz") {
		return ".warc.gz"
	}
	return filepath.Ext(name)
}

func inFolder(name string) bool {
	e := extension(name)
	_, ok := extensionFormats[e]
	return ok || e == ".txt" || e == ".text"
}

// formatOf tells the format of an input by its name, and where that is a name
// for text or for nothing that is known, by how it begins.
func formatOf(name string, br *bufio.Reader) format {
	f := extensionFormats[extension(name)]
	if f == formatLines || f == formatWARC {
		return f
	}
	head, _ := br.Peek(4096)
	if s := sniff(head); s != formatText {
		return s
	}
	switch f {
	case formatPDF: // it does not begin as one: its bytes say what it is
		return formatText
	}
	return f
}

// sniff tells a format by the first bytes of an input: text, when they tell
// nothing else.
func sniff(b []byte) format {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n")
	begins := strings.ToLower(string(b[:min(len(b), 512)]))
	starts := func(list ...string) bool {
		for _, s := range list {
			if strings.HasPrefix(begins, s) {
				return true
			}
		}
		return false
	}
	switch {
	case starts("%pdf-"):
		return formatPDF
	case starts("warc/"), bytes.HasPrefix(b, []byte{0x1f, 0x8b}):
		return formatWARC
	case starts("<!doctype html", "<html"), starts("<?xml", "<!--") && strings.Contains(begins, "<html"):
		return formatPage
	case starts("<") && feed.Is(b), starts("<rss", "<rdf:rdf"):
		return formatFeed
	case starts(`{"`) || starts("{") && bytes.Contains(b[:min(len(b), 64)], []byte(`"`)):
		if bytes.Contains(b, []byte("jsonfeed.org/version")) {
			return formatFeed
		}
		return formatLines
	}
	return formatText
}
