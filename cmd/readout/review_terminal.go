package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// reviewAt runs a review on the terminal of a command, and leaves the terminal
// as it was, however it ends.
func reviewAt(c *cobra.Command, d *desk, color string) (err error) {
	in, ok := c.InOrStdin().(*os.File)
	out, ok2 := c.OutOrStdout().(*os.File)
	if !ok || !ok2 {
		return errors.New("a review needs a terminal")
	}
	ctx := c.Context()
	r, err := newReviewer(ctx, d)
	if err != nil {
		return recordError(err)
	}
	was, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return err
	}
	// The other screen, without a cursor; back again at the end.
	io.WriteString(out, "\x1b[?1049h\x1b[?25l")
	defer func() {
		io.WriteString(out, "\x1b[?25h\x1b[?1049l")
		err = errors.Join(err, term.Restore(int(in.Fd()), was))
	}()
	paint := color != "never" && (color == "always" || os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
	keys := make(chan string)
	go readKeys(ctx, in, keys)
	resized, stop := onResize()
	defer stop()
	for !r.quit {
		width, height, err := term.GetSize(int(out.Fd()))
		if err != nil {
			width, height = 80, 24
		}
		draw(out, r.frame(width, height, paint))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-resized:
		case key, ok := <-keys:
			if !ok {
				return nil
			}
			if err := r.press(ctx, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// draw writes a screen in one piece.
func draw(w io.Writer, lines []string) {
	var b strings.Builder
	b.WriteString("\x1b[H")
	for i, l := range lines {
		if i > 0 {
			b.WriteString("\r\n")
		}
		b.WriteString(l + "\x1b[0m\x1b[K")
	}
	b.WriteString("\x1b[J")
	io.WriteString(w, b.String()) // a terminal that is gone shows in the next key
}

// escapeWait is how long after an escape the rest of a key's sequence may come.
const escapeWait = 50 * time.Millisecond

// readKeys sends the keys that are pressed, until the terminal is gone.
func readKeys(ctx context.Context, in io.Reader, keys chan<- string) {
	defer close(keys)
	bytes := make(chan byte)
	go func() {
		defer close(bytes)
		r := bufio.NewReader(in)
		for {
			b, err := r.ReadByte()
			if err != nil {
				return
			}
			select {
			case bytes <- b:
			case <-ctx.Done():
				return
			}
		}
	}()
	next := func(wait time.Duration) (byte, bool) {
		var timeout <-chan time.Time
		if wait > 0 {
			timeout = time.After(wait)
		}
		select {
		case b, ok := <-bytes:
			return b, ok
		case <-timeout:
		case <-ctx.Done():
		}
		return 0, false
	}
	for {
		b, ok := next(0)
		if !ok {
			return
		}
		if key := readKey(b, next); key != "" {
			select {
			case keys <- key:
			case <-ctx.Done():
				return
			}
		}
	}
}

// readKey gives the key that begins with a byte; "" for one that means nothing.
// next gives a byte that follows, if one comes within a time.
func readKey(b byte, next func(time.Duration) (byte, bool)) string {
	switch b {
	case 3, 4:
		return keyStop
	case '\r', '\n':
		return keyEnter
	case 8, 127:
		return keyBackspace
	case 21:
		return keyClear
	case 27:
		return escaped(next)
	}
	if b < 32 {
		return ""
	}
	if b < utf8.RuneSelf {
		return string(rune(b))
	}
	letter := []byte{b}
	for !utf8.FullRune(letter) {
		c, ok := next(escapeWait)
		if !ok {
			return ""
		}
		letter = append(letter, c)
	}
	if r, _ := utf8.DecodeRune(letter); r == utf8.RuneError {
		return ""
	}
	return string(letter)
}

// escaped gives the key of a sequence after an escape.
func escaped(next func(time.Duration) (byte, bool)) string {
	b, ok := next(escapeWait)
	if !ok {
		return keyEscape
	}
	if b != '[' && b != 'O' {
		return ""
	}
	var seq []byte
	for len(seq) < 16 {
		if b, ok = next(escapeWait); !ok {
			return ""
		}
		seq = append(seq, b)
		if b >= 0x40 && b <= 0x7e {
			break
		}
	}
	switch string(seq) {
	case "A":
		return keyUp
	case "B":
		return keyDown
	case "H", "1~", "7~":
		return keyHome
	case "F", "4~", "8~":
		return keyEnd
	case "5~":
		return keyPageUp
	case "6~":
		return keyPageDown
	}
	return ""
}
