package text

import "strings"

// address is the end of an address of web or mail, or the name of a host with a
// path, that begins at p; p where there is none.
func (s *scanner) address(p, e int) int {
	t := s.text[p:min(e, p+lookahead)]
	if len(t) < 5 {
		return p
	}
	if isWeb(t) {
		return p + addressLen(t)
	}
	return p + max(mailLen(t), hostPathLen(t))
}

func isWeb(t string) bool {
	switch t[0] | 0x20 {
	case 'h', 'f', 'w', 'd':
	default:
		return false
	}
	for _, x := range [...]string{"http://", "https://", "ftp://", "www.", "doi:10."} {
		if len(t) >= len(x) && strings.EqualFold(t[:len(x)], x) {
			return len(t) > len(x) || x == "doi:10."
		}
	}
	return false
}

// addressLen is the length of the address that begins t, without the marks of
// the sentence around it.
func addressLen(t string) int {
	n := strings.IndexAny(t, "<>\"|")
	if n < 0 {
		n = len(t)
	}
	for _, x := range [...]string{"”", "’", "»", "…"} {
		if i := strings.Index(t[:n], x); i >= 0 {
			n = i
		}
	}
	open, closed := strings.Count(t[:n], "("), strings.Count(t[:n], ")")
	for n > 0 {
		switch t[n-1] {
		case '.', ',', ';', ':', '!', '?', '\'', ']':
			n--
			continue
		case ')':
			if open < closed {
				n--
				closed--
				continue
			}
		}
		break
	}
	return n
}

// mailLen is the length of the mail address that begins t, 0 without one.
func mailLen(t string) int {
	at := -1
	n := 0
	for n < len(t) && n < 128 {
		switch c := t[n]; {
		case wordAt(t, n) > 0, c == '.', c == '_', c == '-', c == '+' && at < 0, c == '%' && at < 0:
		case c == '@' && at < 0 && n > 0:
			at = n
		default:
			goto end
		}
		n++
	}
end:
	for n > 0 && (t[n-1] == '.' || t[n-1] == '-' || t[n-1] == '_') {
		n--
	}
	if at < 1 || n < at+2 || strings.IndexByte(t[at:n], '.') < 0 {
		return 0
	}
	return n
}

// hostPathLen is the length of "cra.org/resources/survey", 0 without one.
func hostPathLen(t string) int {
	n, dot := 0, -1
	for n < len(t) && n < 64 && (classes[t[n]] == alpha || classes[t[n]] == digit || t[n] == '.' || t[n] == '-') {
		if t[n] == '.' {
			dot = n
		}
		n++
	}
	if dot < 2 || n-dot < 3 || n-dot > 5 || n+1 >= len(t) || t[n] != '/' || wordAt(t, n+1) == 0 {
		return 0
	}
	for i := dot + 1; i < n; i++ {
		if !isLowerByte(t[i]) {
			return 0
		}
	}
	return addressLen(t)
}
