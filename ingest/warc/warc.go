// Package warc reads archives of the web (ISO 28500) as crawlers write them:
// plain, or each record a member of a gzip file, or the file one member.
//
// Of an archive it gives the pages that were answered with 200; requests,
// pictures and notes of the crawler are passed over. It holds one record at a
// time. There is no index and no jumping: an archive is read from front to back.
package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Errors about an archive, told apart with errors.Is.
var (
	// ErrFormat is an input that is no archive, or not to its end.
	ErrFormat = errors.New("it is no web archive (WARC)")
	// ErrTooLarge is a page above the limit; the archive can be read on.
	ErrTooLarge = errors.New("the page is too large")
	// ErrBomb is an archive that unpacks to more than any archive does.
	ErrBomb = errors.New("it unpacks to far too much")
	// ErrEncoding is a page that was sent in an encoding that is not read.
	ErrEncoding = errors.New("the page's encoding cannot be read")
)

// Page is an answer that holds a page.
type Page struct {
	URL         string
	Fetched     time.Time // when the crawler got it; zero when it does not tell
	ContentType string
	Body        []byte // decoded: no longer chunked or packed
}

// Config bounds the reading. The zero value works.
type Config struct {
	// MaxBytes is the size up to which a page is read; 0 means 10 MB.
	MaxBytes int64
}

// Reader reads an archive.
type Reader struct {
	cfg  Config
	r    *bufio.Reader
	left int64 // of the current record's block
	n    int   // records begun
	skip int   // records passed over

	packed *counter // below gzip; nil for a plain archive
	out    int64    // bytes that gzip gave
}

// counter counts what is read from an archive.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// unpacked guards what gzip gives.
type unpacked struct {
	z *gzip.Reader
	r *Reader
}

// Pages of text are packed to a fifth; only zeros are to a thousandth.
const (
	bombRatio = 300
	bombBytes = 64 << 20
)

func (u unpacked) Read(b []byte) (int, error) {
	n, err := u.z.Read(b)
	u.r.out += int64(n)
	if u.r.out > bombBytes && u.r.out > bombRatio*u.r.packed.n {
		return 0, ErrBomb
	}
	return n, err
}

// NewReader reads the beginning of an archive. It fails with ErrFormat.
func NewReader(r io.Reader, cfg Config) (*Reader, error) {
	if cfg.MaxBytes <= 0 {
		cfg.MaxBytes = 10 << 20
	}
	out := &Reader{cfg: cfg}
	br := bufio.NewReaderSize(r, 1<<16)
	if head, _ := br.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		out.packed = &counter{r: br}
		z, err := gzip.NewReader(bufio.NewReader(out.packed))
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrFormat, err)
		}
		br = bufio.NewReaderSize(unpacked{z, out}, 1<<16)
	}
	if head, _ := br.Peek(5); string(head) != "WARC/" {
		return nil, ErrFormat
	}
	out.r = br
	return out, nil
}

// Records is the number of records so far, and Skipped how many of them held no
// page.
func (r *Reader) Records() int { return r.n }

// Skipped is the number of records that held no page.
func (r *Reader) Skipped() int { return r.skip }

// Next gives the next page. At the end it gives io.EOF. With ErrTooLarge and
// ErrEncoding it gives the page without its body, and Next goes on behind it;
// after any other error the archive is at its end.
func (r *Reader) Next() (*Page, error) {
	for {
		h, err := r.header()
		if err != nil {
			return nil, err
		}
		p, kind := &Page{URL: strings.Trim(h["warc-target-uri"], "<>")}, strings.ToLower(h["warc-type"])
		p.Fetched, _ = time.Parse(time.RFC3339, h["warc-date"])
		media := strings.ToLower(h["content-type"])
		switch {
		case kind == "response" && (strings.HasPrefix(media, "application/http") || media == ""):
			ok, err := r.response(p)
			if err != nil {
				return r.failed(p, err)
			}
			if ok {
				return p, nil
			}
		case kind == "resource" && isPage(media):
			p.ContentType = media
			if p.Body, err = r.block(); err != nil {
				return r.failed(p, err)
			}
			return p, nil
		}
		r.skip++
	}
}

func (r *Reader) failed(p *Page, err error) (*Page, error) {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrEncoding) {
		return p, err
	}
	return nil, err
}

func isPage(media string) bool {
	return strings.HasPrefix(media, "text/html") || strings.HasPrefix(media, "application/xhtml+xml")
}

// Limits of the header of a record.
const (
	maxLine  = 32 << 10
	maxLines = 200
)

// header goes to the next record, and reads its header: names in small letters.
func (r *Reader) header() (map[string]string, error) {
	if _, err := io.CopyN(io.Discard, r.r, r.left); err != nil {
		return nil, r.broken(err)
	}
	r.left = 0
	version := ""
	for version == "" { // two empty lines end a record
		l, err := r.line()
		if err == io.EOF && l == "" {
			return nil, io.EOF
		}
		if err != nil {
			return nil, r.broken(err)
		}
		version = l
	}
	r.n++
	if !strings.HasPrefix(version, "WARC/") {
		return nil, fmt.Errorf("%w: record %d begins with %q", ErrFormat, r.n, version[:min(len(version), 40)])
	}
	h, last := map[string]string{}, ""
	for range maxLines {
		l, err := r.line()
		if err != nil {
			return nil, r.broken(err)
		}
		if l == "" {
			n, err := strconv.ParseInt(h["content-length"], 10, 64)
			if err != nil || n < 0 {
				return nil, fmt.Errorf("%w: record %d has no length", ErrFormat, r.n)
			}
			r.left = n
			return h, nil
		}
		if l[0] == ' ' || l[0] == '\t' { // a line that goes on
			h[last] += " " + strings.TrimSpace(l)
			continue
		}
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			return nil, fmt.Errorf("%w: record %d has a header line without a colon", ErrFormat, r.n)
		}
		last = strings.ToLower(strings.TrimSpace(name))
		h[last] = strings.TrimSpace(value)
	}
	return nil, fmt.Errorf("%w: record %d has more than %d header lines", ErrFormat, r.n, maxLines)
}

func (r *Reader) line() (string, error) {
	var b []byte
	for {
		part, err := r.r.ReadSlice('\n')
		b = append(b, part...)
		switch {
		case len(b) > maxLine:
			return "", fmt.Errorf("%w: record %d has a header line above %d bytes", ErrFormat, r.n, maxLine)
		case err == nil:
			return strings.TrimRight(string(b), "\r\n"), nil
		case err != bufio.ErrBufferFull:
			return string(b), err
		}
	}
}

// broken says of an error where it is.
func (r *Reader) broken(err error) error {
	switch {
	case errors.Is(err, ErrBomb), errors.Is(err, ErrFormat):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it breaks off in record %d", ErrFormat, r.n)
	}
	return fmt.Errorf("record %d: %w", r.n, err)
}

// block reads the whole block of the record.
func (r *Reader) block() ([]byte, error) {
	if r.left > r.cfg.MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d are read", ErrTooLarge, r.left, r.cfg.MaxBytes)
	}
	b := make([]byte, r.left)
	if _, err := io.ReadFull(r.r, b); err != nil {
		return nil, r.broken(err)
	}
	r.left = 0
	return b, nil
}

// response reads an HTTP response into p, and tells whether it holds a page.
func (r *Reader) response(p *Page) (bool, error) {
	head, _ := r.r.Peek(int(min(r.left, 4096)))
	if !isPage(strings.ToLower(peekType(head))) { // no need to hold it
		return false, nil
	}
	b, err := r.block()
	if err != nil {
		return false, err
	}
	raw := bufio.NewReader(bytes.NewReader(b))
	res, err := http.ReadResponse(raw, nil)
	if err != nil || res.StatusCode != http.StatusOK || !isPage(strings.ToLower(res.Header.Get("Content-Type"))) {
		return false, nil
	}
	defer res.Body.Close()
	p.ContentType = res.Header.Get("Content-Type")
	body, err := io.ReadAll(res.Body)
	if err != nil { // some crawlers keep the header of what they have decoded
		_, after, _ := bytes.Cut(b, []byte("\r\n\r\n"))
		body = after
	}
	p.Body, err = r.decode(body, strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding"))))
	return err == nil, err
}

// peekType is the Content-Type in the beginning of a response; where that does
// not hold it, it may be a page.
func peekType(head []byte) string {
	end := bytes.Index(head, []byte("\r\n\r\n"))
	if end >= 0 {
		head = head[:end]
	}
	for l := range bytes.SplitSeq(head, []byte("\n")) {
		name, value, ok := bytes.Cut(l, []byte(":"))
		if ok && strings.EqualFold(string(bytes.TrimSpace(name)), "content-type") {
			return string(bytes.TrimSpace(value))
		}
	}
	if end < 0 {
		return "text/html"
	}
	return ""
}

func (r *Reader) decode(b []byte, encoding string) ([]byte, error) {
	var z io.Reader
	var err error
	switch {
	case encoding == "", encoding == "identity", len(b) == 0:
		return b, nil
	case encoding == "gzip", encoding == "x-gzip":
		if !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) { // decoded by the crawler
			return b, nil
		}
		z, err = gzip.NewReader(bytes.NewReader(b))
	case encoding == "deflate":
		z, err = zlib.NewReader(bytes.NewReader(b))
	default:
		return nil, fmt.Errorf("%w: %q", ErrEncoding, encoding[:min(len(encoding), 40)])
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrEncoding, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, r.cfg.MaxBytes+1))
	switch {
	case int64(len(out)) > r.cfg.MaxBytes:
		return nil, fmt.Errorf("%w: more than %d bytes when unpacked", ErrTooLarge, r.cfg.MaxBytes)
	case err != nil && len(out) == 0:
		return nil, fmt.Errorf("%w: %v", ErrEncoding, err)
	}
	return out, nil // what there is of a page that breaks off
}
