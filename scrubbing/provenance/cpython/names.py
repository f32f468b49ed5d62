"""Words that may stay in a message of Python's: each is Python's own, and the same on every machine.

Types are named as C code names them: with their module where they have one.
"""

from __future__ import annotations

#: Built-in types, the types of the standard library that C code makes, and the best known of its others.
TYPES = frozenset(
    """
    ABCMeta ArgumentParser ArithmeticError AssertionError AsyncExitStack AttributeError Awaitable BZ2File Barrier
    BaseException BaseExceptionGroup BlockingIOError BoundArguments BoundedSemaphore BrokenPipeError BufferError
    BytesIO BytesWarning CArgObject Callable ChainMap ChildProcessError CompletedProcess Condition ConfigParser
    Connection ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError Context ContextVar
    Coroutine Counter Decimal DefragResult DeprecationWarning EOFError Element ElementTree EmailMessage
    EncodingWarning Enum EnumMeta EnumType Event Exception ExceptionGroup ExitStack Field FileExistsError
    FileNotFoundError Flag FloatingPointError Formatter ForwardRef Fraction FrameLocalsProxy Future FutureWarning
    Generator GeneratorExit GzipFile HTTPConnection HTTPMessage HTTPResponse HTTPSConnection Handler Hashable
    IPv4Address IPv4Network IPv6Address IPv6Network ImportError ImportWarning IndentationError IndexError
    InstructionSequence IntEnum IntFlag InterpreterID InterruptedError IsADirectoryError Iterable Iterator
    JSONDecoder JSONEncoder KeyError KeyboardInterrupt LZMAFile LifoQueue Lock LogRecord Logger LookupError
    MIMEMultipart MIMEText Manager Mapping MappingProxyType MemoryError Message ModuleNotFoundError ModuleSpec
    MutableMapping NameError Namespace NoDefaultType NoneType NotADirectoryError NotImplementedError
    NotImplementedType OSError OpenerDirector OrderedDict OverflowError ParamSpec Parameter ParseResult Path
    PendingDeprecationWarning PermissionError Pickler Pool Popen PosixPath PriorityQueue Process ProcessLookupError
    ProcessPoolExecutor PurePath PurePosixPath PureWindowsPath PyCapsule PythonFinalizationError Queue RLock Random
    RawConfigParser RecursionError ReferenceError ReferenceType Request ResourceWarning Response RuntimeError
    RuntimeWarning SSLContext SSLObject SSLSocket SectionProxy Semaphore Sequence Server Signature SimpleNamespace
    SimpleQueue Sized SourceFileLoader SplitResult SpooledTemporaryFile StopAsyncIteration StopIteration StrEnum
    StreamReader StreamWriter StringIO Struct SyntaxError SyntaxWarning SystemError SystemExit SystemRandom TabError
    TarFile TarInfo Task TaskStepMethWrapper Template TemporaryDirectory TextIOWrapper TextWrapper Thread
    ThreadPoolExecutor TimeoutError Timer Token Transport TypeError TypeVar UUID UnboundLocalError
    UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning Unpickler
    UnraisableHookArgs UserDict UserList UserString UserWarning ValueError Warning WindowsPath ZeroDivisionError
    ZipFile ZipInfo ZoneInfo _AsyncGeneratorContextManager _CallableType _GeneratorContextManager _GenericAlias
    _IncompleteInputError _MISSING_TYPE _RunningLoopHolder _SpecialForm _TemporaryFileWrapper _UnionGenericAlias
    _abc._abc_data _asyncio.Future _asyncio.FutureIter _asyncio.Task _asyncio.TaskStepMethWrapper _blake2.blake2b
    _blake2.blake2s _buffer_wrapper _bz2.BZ2Compressor _bz2.BZ2Decompressor _collections._deque_iterator
    _collections._deque_reverse_iterator _collections._tuplegetter _contextvars.Context _contextvars.ContextVar
    _contextvars.Token _csv.Dialect _csv.Error _csv.reader _csv.writer _ctypes.Array _ctypes.CArgObject
    _ctypes.CField _ctypes.CFuncPtr _ctypes.CThunkObject _ctypes.CType_Type _ctypes.DictRemover _ctypes.PyCArrayType
    _ctypes.PyCFuncPtrType _ctypes.PyCPointerType _ctypes.PyCSimpleType _ctypes.PyCStructType
    _ctypes.StructParam_Type _ctypes.Structure _ctypes.Union _ctypes.UnionType _ctypes._CData _ctypes._Pointer
    _ctypes._SimpleCData _curses.error _curses.window _curses_panel.error _curses_panel.panel
    _elementtree._element_iterator _hashlib.HASH _hashlib.HASHXOF _hashlib.HMAC _hashlib.UnsupportedDigestmodError
    _interpchannels.ChannelClosedError _interpchannels.ChannelEmptyError _interpchannels.ChannelError
    _interpchannels.ChannelID _interpchannels.ChannelInfo _interpchannels.ChannelNotEmptyError
    _interpchannels.ChannelNotFoundError _interpreters.CrossInterpreterBufferView _io.BufferedRWPair
    _io.BufferedRandom _io.BufferedReader _io.BufferedWriter _io.BytesIO _io.FileIO _io.IncrementalNewlineDecoder
    _io.StringIO _io.TextIOWrapper _io._BufferedIOBase _io._BytesIOBuffer _io._IOBase _io._RawIOBase _io._TextIOBase
    _json.Encoder _json.Scanner _lsprof.Profiler _lsprof.profiler_entry _lsprof.profiler_subentry
    _lzma.LZMACompressor _lzma.LZMADecompressor _lzma.LZMAError _md5.md5 _multibytecodec.MultibyteCodec
    _multibytecodec.MultibyteIncrementalDecoder _multibytecodec.MultibyteIncrementalEncoder
    _multibytecodec.MultibyteStreamReader _multibytecodec.MultibyteStreamWriter _multiprocessing.SemLock
    _pickle.Pdata _pickle.PickleError _pickle.Pickler _pickle.PicklerMemoProxy _pickle.PicklingError
    _pickle.Unpickler _pickle.UnpicklerMemoProxy _pickle.UnpicklingError _queue.Empty _queue.SimpleQueue
    _random.Random _sha1.sha1 _sha2.SHA224Type _sha2.SHA256Type _sha2.SHA384Type _sha2.SHA512Type _sha256.sha224
    _sha256.sha256 _sha3.sha3_224 _sha3.sha3_256 _sha3.sha3_384 _sha3.sha3_512 _sha3.shake_128 _sha3.shake_256
    _sha512.sha384 _sha512.sha512 _socket.socket _sre.SRE_Scanner _sre.SRE_Template _ssl.Certificate _ssl.MemoryBIO
    _ssl.SSLSession _ssl._SSLContext _ssl._SSLSocket _struct.Struct _struct.unpack_iterator _thread.RLock
    _thread._ExceptHookArgs _thread._ThreadHandle _thread._local _thread._localdummy _thread.lock
    _tokenize.TokenizerIter anext_awaitable array.array array.arrayiterator ast.AST ast.Assign ast.Attribute
    ast.BinOp ast.Call ast.ClassDef ast.Compare ast.Constant ast.Del ast.Dict ast.Expr ast.Expression ast.For
    ast.FunctionDef ast.FunctionType ast.If ast.Interactive ast.Lambda ast.List ast.Load ast.Module ast.Name
    ast.Return ast.Set ast.Store ast.Subscript ast.Tuple ast.UnaryOp ast.While ast.expr ast.mod ast.stmt
    async_generator async_generator_asend async_generator_athrow async_generator_wrapped_value asyncgen_hooks
    audioop.error binascii.Error binascii.Incomplete bool builtin_function_or_method builtin_method bytearray
    bytearray_iterator bytes bytes_iterator c_bool c_byte c_char c_char_p c_double c_float c_int c_long c_longlong
    c_short c_size_t c_ubyte c_uint c_ulong c_ulonglong c_ushort c_void_p c_wchar_p cached_property
    callable_iterator cell classmethod classmethod_descriptor code collections.OrderedDict collections.defaultdict
    collections.deque complex coroutine coroutine_wrapper curses.ncurses_version date datetime
    datetime.IsoCalendarDate datetime.date datetime.datetime datetime.time datetime.timedelta datetime.timezone
    datetime.tzinfo decimal.Context decimal.ContextManager decimal.Decimal decimal.SignalDictMixin defaultdict deque
    dict dict_itemiterator dict_items dict_keyiterator dict_keys dict_reverseitemiterator dict_reversekeyiterator
    dict_reversevalueiterator dict_valueiterator dict_values ellipsis enumerate fieldnameiterator filter float
    formatteriterator frame frozenset function functools._lru_cache_wrapper functools.partial
    functools.partialmethod generator generic_alias_iterator getset_descriptor grp.struct_group instancemethod int
    itertools._grouper itertools._tee itertools._tee_dataobject itertools.accumulate itertools.batched
    itertools.chain itertools.combinations itertools.combinations_with_replacement itertools.compress
    itertools.count itertools.cycle itertools.dropwhile itertools.filterfalse itertools.groupby itertools.islice
    itertools.pairwise itertools.permutations itertools.product itertools.repeat itertools.starmap
    itertools.takewhile itertools.zip_longest line_iterator list list_iterator list_reverseiterator
    longrange_iterator map mappingproxy member_descriptor memory_iterator memoryview method method-wrapper
    method_descriptor mmap.mmap module nis.error nullcontext object odict_items odict_iterator odict_keys
    odict_values operator.attrgetter operator.itemgetter operator.methodcaller os.DirEntry os.sched_param
    os.stat_result os.terminal_size os.times_result os.uname_result ossaudiodev.OSSAudioError
    ossaudiodev.oss_audio_device ossaudiodev.oss_mixer_device pickle.PickleBuffer positions_iterator posix.DirEntry
    posix.ScandirIterator posix.sched_param posix.stat_result posix.terminal_size posix.times_result
    posix.uname_result posix.waitid_result property pwd.struct_passwd pyexpat.xmlparser range range_iterator
    re.Match re.Pattern resource.struct_rusage reversed select.epoll select.kevent select.kqueue select.poll set
    set_iterator signal.struct_siginfo singledispatchmethod slice socket spwd.struct_spwd sqlite3.Blob
    sqlite3.Connection sqlite3.Cursor sqlite3.Row sqlite3.Statement staticmethod stderrprinter str
    str_ascii_iterator str_iterator super symtable entry sys.flags sys.float_info sys.hash_info sys.int_info
    sys.legacy_event_handler sys.thread_info sys.version_info termios.error time time.struct_time timedelta timezone
    traceback tuple tuple_iterator type types.GenericAlias types.SimpleNamespace types.UnionType
    typing.TypeAliasType unicodedata.UCD weakcallableproxy weakproxy weakref weakref.CallableProxyType
    weakref.ProxyType weakref.ReferenceType wrapper_descriptor xml.etree.ElementTree.Element
    xml.etree.ElementTree.TreeBuilder xml.etree.ElementTree.XMLParser zip zipimport.ZipImportError
    zipimport.zipimporter zlib.Compress zlib.Decompress zlib._ZlibDecompressor zlib.error zoneinfo.ZoneInfo
    """.split()
) | {"symtable entry"}
#: Built-in functions and classes, as messages about their arguments name them.
FUNCTIONS = frozenset(
    """
    <lambda> ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError
    BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError
    ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError
    Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit
    IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
    KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError
    OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError
    ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning
    SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError
    UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
    __build_class__ __import__ __loader__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable
    chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset
    function getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max
    memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted
    staticmethod str sum super tuple type vars zip
    """.split()
) | {"this function"}
#: Methods Python calls by itself: the call that failed need not name them.
METHODS = frozenset(
    """
    <genexpr> <lambda> <listcomp> __abs__ __add__ __aenter__ __aexit__ __aiter__ __and__ __anext__ __await__
    __bool__ __bytes__ __call__ __class_getitem__ __complex__ __contains__ __copy__ __deepcopy__ __del__ __delattr__
    __delete__ __delitem__ __enter__ __eq__ __exit__ __float__ __floordiv__ __format__ __fspath__ __ge__ __get__
    __getattr__ __getattribute__ __getitem__ __getstate__ __gt__ __hash__ __iadd__ __index__ __init__
    __init_subclass__ __instancecheck__ __int__ __invert__ __iter__ __le__ __len__ __length_hint__ __lt__
    __missing__ __mod__ __mul__ __ne__ __neg__ __new__ __next__ __or__ __pos__ __pow__ __prepare__ __radd__
    __reduce__ __reduce_ex__ __repr__ __reversed__ __rmul__ __round__ __rsub__ __set__ __set_name__ __setattr__
    __setitem__ __setstate__ __str__ __sub__ __subclasscheck__ __truediv__ __xor__
    """.split()
)
#: Python's codecs and their other names.
CODECS = frozenset(
    """
    ISO-8859-1 UTF-8 ansi ansi-x3-4-1968 ansi-x3.4-1968 ansi-x3.4-1986 ansi_x3.4_1968 ansi_x3.4_1986 ansi_x3_4_1968
    arabic ascii asmo-708 asmo_708 base-64 base64 base64-codec base64_codec base_64 big5 big5-hkscs big5-tw
    big5_hkscs big5_tw big5hkscs bz2 bz2-codec bz2_codec charmap chinese cp-gr cp-is cp037 cp1026 cp1051 cp1125
    cp1140 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp1361 cp154 cp273 cp367 cp424 cp437 cp500
    cp65001 cp775 cp819 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp866u cp869 cp932
    cp936 cp949 cp950 cp_gr cp_is csHPRoman8 csascii csbig5 csibm037 csibm1026 csibm273 csibm424 csibm500 csibm855
    csibm857 csibm858 csibm860 csibm861 csibm863 csibm864 csibm865 csibm866 csibm869 csiso2022jp csiso2022kr
    csiso58gb231280 csisolatin1 csisolatin2 csisolatin3 csisolatin4 csisolatin5 csisolatin6 csisolatinarabic
    csisolatincyrillic csisolatingreek csisolatinhebrew cskoi8r cspc775baltic cspc850multilingual cspc862latinhebrew
    cspc8codepage437 cspcp852 csptcp154 csshiftjis cyrillic cyrillic-asian cyrillic_asian dbcs ebcdic-cp-be
    ebcdic-cp-ca ebcdic-cp-ch ebcdic-cp-he ebcdic-cp-nl ebcdic-cp-us ebcdic-cp-wt ebcdic_cp_be ebcdic_cp_ca
    ebcdic_cp_ch ebcdic_cp_he ebcdic_cp_nl ebcdic_cp_us ebcdic_cp_wt ecma-114 ecma-118 ecma_114 ecma_118 elot-928
    elot_928 escape euc-cn euc-jis-2004 euc-jis2004 euc-jisx0213 euc-jp euc-kr euc_cn euc_jis2004 euc_jis_2004
    euc_jisx0213 euc_jp euc_kr euccn eucgb2312-cn eucgb2312_cn eucjis2004 eucjisx0213 eucjp euckr gb18030
    gb18030-2000 gb18030_2000 gb2312 gb2312-1980 gb2312-80 gb2312_1980 gb2312_80 gbk greek greek8 hebrew hex
    hex-codec hex_codec hkscs hp-roman8 hp_roman8 hz hz-gb hz-gb-2312 hz_gb hz_gb_2312 hzgb ibm037 ibm039 ibm1026
    ibm1051 ibm1125 ibm1140 ibm273 ibm367 ibm424 ibm437 ibm500 ibm775 ibm819 ibm850 ibm852 ibm855 ibm857 ibm858
    ibm860 ibm861 ibm862 ibm863 ibm864 ibm865 ibm866 ibm869 idna iso-2022-jp iso-2022-jp-1 iso-2022-jp-2
    iso-2022-jp-2004 iso-2022-jp-3 iso-2022-jp-ext iso-2022-kr iso-646.irv-1991 iso-8859-1 iso-8859-1-1987
    iso-8859-10 iso-8859-10-1992 iso-8859-11 iso-8859-11-2001 iso-8859-13 iso-8859-14 iso-8859-14-1998 iso-8859-15
    iso-8859-16 iso-8859-16-2001 iso-8859-2 iso-8859-2-1987 iso-8859-3 iso-8859-3-1988 iso-8859-4 iso-8859-4-1988
    iso-8859-5 iso-8859-5-1988 iso-8859-6 iso-8859-6-1987 iso-8859-7 iso-8859-7-1987 iso-8859-8 iso-8859-8-1988
    iso-8859-9 iso-8859-9-1989 iso-celtic iso-ir-100 iso-ir-101 iso-ir-109 iso-ir-110 iso-ir-126 iso-ir-127
    iso-ir-138 iso-ir-144 iso-ir-148 iso-ir-157 iso-ir-166 iso-ir-199 iso-ir-226 iso-ir-58 iso-ir-6 iso2022-jp
    iso2022-jp-1 iso2022-jp-2 iso2022-jp-2004 iso2022-jp-3 iso2022-jp-ext iso2022-kr iso2022_jp iso2022_jp_1
    iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr iso2022jp iso2022jp-1 iso2022jp-2
    iso2022jp-2004 iso2022jp-3 iso2022jp-ext iso2022jp_1 iso2022jp_2 iso2022jp_2004 iso2022jp_3 iso2022jp_ext
    iso2022kr iso646-us iso646_us iso8859 iso8859-1 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15
    iso8859-16 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859_1 iso8859_10
    iso8859_11 iso8859_13 iso8859_14 iso8859_15 iso8859_16 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6
    iso8859_7 iso8859_8 iso8859_9 iso_2022_jp iso_2022_jp_1 iso_2022_jp_2 iso_2022_jp_2004 iso_2022_jp_3
    iso_2022_jp_ext iso_2022_kr iso_646.irv_1991 iso_8859_1 iso_8859_10 iso_8859_10_1992 iso_8859_11
    iso_8859_11_2001 iso_8859_13 iso_8859_14 iso_8859_14_1998 iso_8859_15 iso_8859_16 iso_8859_16_2001
    iso_8859_1_1987 iso_8859_2 iso_8859_2_1987 iso_8859_3 iso_8859_3_1988 iso_8859_4 iso_8859_4_1988 iso_8859_5
    iso_8859_5_1988 iso_8859_6 iso_8859_6_1987 iso_8859_7 iso_8859_7_1987 iso_8859_8 iso_8859_8_1988 iso_8859_9
    iso_8859_9_1989 iso_celtic iso_ir_100 iso_ir_101 iso_ir_109 iso_ir_110 iso_ir_126 iso_ir_127 iso_ir_138
    iso_ir_144 iso_ir_148 iso_ir_157 iso_ir_166 iso_ir_199 iso_ir_226 iso_ir_58 iso_ir_6 jisx0213 johab koi8-r
    koi8-u koi8_r korean ks-c-5601 ks-c-5601-1987 ks-x-1001 ks_c_5601 ks_c_5601_1987 ks_x_1001 ksc5601 ksx1001
    kz-1048 kz1048 kz_1048 l1 l10 l2 l3 l4 l5 l6 l7 l8 l9 latin latin-1 latin1 latin10 latin2 latin3 latin4 latin5
    latin6 latin7 latin8 latin9 latin_1 mac-centeuro mac-cyrillic mac-greek mac-iceland mac-latin2 mac-roman
    mac-turkish mac_centeuro mac_cyrillic mac_greek mac_iceland mac_latin2 mac_roman mac_turkish maccentraleurope
    maccyrillic macgreek maciceland macintosh maclatin2 macroman macturkish mbcs ms-kanji ms1361 ms932 ms936 ms949
    ms950 ms_kanji mskanji oem pt154 ptcp154 punycode quopri quopri-codec quopri_codec quoted-printable
    quoted_printable quotedprintable r8 raw_unicode_escape rawunicodeescape rk1048 roman8 rot-13 rot13 rot_13 ruscii
    s-jis s-jis-2004 s-jisx0213 s_jis s_jis_2004 s_jisx0213 shift-jis shift-jis-2004 shift-jisx0213 shift_jis
    shift_jis_2004 shift_jisx0213 shiftjis shiftjis2004 shiftjisx0213 sjis sjis-2004 sjis_2004 sjisx0213
    strk1048-2002 strk1048_2002 thai tis-620 tis-620-0 tis-620-2529-0 tis-620-2529-1 tis620 tis_620 tis_620_0
    tis_620_2529_0 tis_620_2529_1 u-jis u16 u32 u7 u8 u_jis uhc ujis undefined unicode-1-1-utf-7 unicode_1_1_utf_7
    unicode_escape unicodebigunmarked unicodeescape unicodelittleunmarked us us-ascii us_ascii utf utf-16 utf-16-be
    utf-16-le utf-16be utf-16le utf-32 utf-32-be utf-32-le utf-32be utf-32le utf-7 utf-8 utf-8-sig utf16 utf32 utf7
    utf8 utf8-ucs2 utf8-ucs4 utf8_ucs2 utf8_ucs4 utf_16 utf_16_be utf_16_le utf_16be utf_16le utf_32 utf_32_be
    utf_32_le utf_32be utf_32le utf_7 utf_8 uu uu-codec uu_codec windows-1250 windows-1251 windows-1252 windows-1253
    windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 windows_1250 windows_1251 windows_1252
    windows_1253 windows_1254 windows_1255 windows_1256 windows_1257 windows_1258 x-mac-japanese x-mac-korean
    x-mac-simp-chinese x-mac-trad-chinese x_mac_japanese x_mac_korean x_mac_simp_chinese x_mac_trad_chinese zip zlib
    zlib-codec zlib_codec
    """.split()
)
