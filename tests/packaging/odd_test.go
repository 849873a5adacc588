//go:build packaging

package packaging

import "strings"

// Strings that no generator finds: what Python makes of white space, letters and digits outside ASCII,
// and what differences.txt lists.
var (
	oddVersions = []string{
		"", " ", "\x1c1.0\x1f", "\u20281.0\u3000", "\u200b1.0", "1.0\x00", "\uff11.0", "1.\u0660", "1.0+\u00c9", "1.0\u0131", "1.0po\u017ft1", "1.0+\u212a", "v", "v!",
		"1!", "!1", "1!!2", "1.0+", "1.0+a+b", "1.0a1b1", "1.0-1-1", "1.0--1", "1.0a--1", "1.0.post.dev", "1.0dev.post", "1.0-r-1", "1.0rc-", "1.0.-1", "1 .0", "+1", "-1",
	}
	oddSpecifiers = []string{
		"", ",", " , ,", "===", "=== ", "===a b", "===\u212a", "===1.0+\u212a", "~=1.0po\u017ft1", "==1.0po\u017ft1", ">=1.0po\u017ft1", "==1.0 .*", "== 1.*", "==1.*.*", "==v1.*", "==1.0a.*",
		"==1.0-.*", ">=", "=>1", "=1", "====1", ">>1", "<>1", "!1", "~1", "~=1.", "~=1!1", "~=1!1.0", ">=\u30001", "\x1c>=1", ">=1,\u00a0<2", "==1.0,==1", "~=1.0,~=1.0.0", "==1.0.*,==1.*",
		"===1,===1.0", "===1.0.po\u017ft1", ">=1.0+", "!=1.0+x,!=1.0+X", "<0", "<0.dev0", "<0a0", ">0.dev0", "<=0.dev0", "!=0", "<1.0.dev1", "<=1.0+x",
	}
	oddRequirements = []string{
		"", "a", "a\n", "\na", "a \u00a0", "a\u00e9", "\u00e9", "a>=\n1", "a>=\u30001", "a>=1\u3000", "a>=1\n", "a===", "a=== ;os_name=='x'", "a===;os_name=='x'", "a(===1)", "a(===1", "a()", "a( )",
		"a(>=1,)", "a(,>=1)", "a,>=1", "a>=1,;os_name=='x'", "a[]", "a[ ]", "a[,]", "a[b,]", "a[b]>=1", "a [b] @ c", "a@b;c", "a@b ;os_name=='x'", "a@ b\u00a0c", "a@", "a @\n", "a ; ", "a ;os_name=='x';",
		"a>=1 and os_name=='x'", "a os_name", "a.b-c_d", "a-_", "a_-", "a_", "a._ >=1", "a>=1+x", "a==1+x", "a~=1.*", "a==1a1.*", "a===1,>=2", "a===1 ,>=2", "a===1, >=2", "a>=1>=2", "a>=1 >=2", "a===\u30001", "a @ \u00e9", `a; os_name=='\x41'`,
	}
	oddMarkers = []string{
		"", "os_name", "os_name==''", "os_name=='x'or os_name=='y'", "os_name=='x' orx", "'x'in os_name", "'x'notin os_name", "'x' not  in os_name", "'x' not\tin os_name", "os_name in'x'", "os_name not in'x'",
		"os.name=='x'and(os_name=='y')", "os_name=='x' and", "and os_name=='x'", "()", "(os_name=='x'", "os_name=='x')", "(os_name)=='x'", "os_name=='\u00e9'", "os_name=='a\tb'", "os_name=='a\nb'", "os_name=='a\rb'",
		"os_name=='a\x00b'", "os_name=='a\x0bb'", `os_name=="a'b"`, `os_name=='a"b'`, `os_name=='a\\'`, `os_name=='a\x41'`, "os_name=='\u2028'", "extra=='A..B'", "'A_B'==extra", "extra in 'A_B c'", "'a' in extra", "extra!=''",
		"extra not in 'x'", "'x'=='x'", "os_name==os_name", "python_version==os_name", "os_name==sys_platform", "extra==os_name", "os_name==extra", "'x' in extras", "extras=='x'", "extra in extras", "os_name in extras",
		"python_version==''", "python_version=='3.12,<4'", "python_version=='= 3.12'", "python_version<'=3.12'", "python_version==='=3.12'", "python_version>'=3.12'", "python_version=='3.12\u3000'", "'3.12'===python_version",
		"'3.12 '=== python_version", "python_full_version==='3.14.0A1+LOCAL'", "platform_release>'6.1'", "platform_release>'6.1.0-18-amd63'", "'6.1.0-18-AMD64'===platform_release", "python_version in '3.12'", "python_version not in '=3.12'",
		"python_version~='3'", "python_version~='3.8.*'", "python_version.x=='3'", "python_versions=='3'", "PYTHON_VERSION=='3'", "python_version=='3.12'\n", "\nos_name=='x'",
		strings.Repeat("(", 101) + "os_name=='posix'" + strings.Repeat(")", 101),
	}
	oddWheels = []string{
		"a-1-98765432109876543210-py3-none-any.whl", "a-1-1\nx-py3-none-any.whl", "a-1-none-any.whl", "a-1-py3-none-any.WHL", "-1-py3-none-any.whl", "a-1--py3-none-any.whl", "a-1-01-py3-none-any.whl",
		"a-1-py3--any.whl", "a-1-.py3-none-any.whl", "a-1-py3.py3-none-any.whl", "\u00e9-1-py3-none-any.whl", "a-1-1-1-py3-none-any.whl", "a-x-py3-none-any.whl", "a-1-PY3-None-ANY.whl",
	}
)
