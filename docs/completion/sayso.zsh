#compdef sayso
# zsh completion for sayso(1); install as _sayso in a directory of $fpath

_sayso() {
  local -a engine
  engine=(
    '(-h --help)'{-h,--help}'[show help]' # options
    '(-o --output)'{-o,--output}'[write there]:file:_files' # options
    '--model[the model to read with]:model:_files' # options
    '--cues[your own cue and stop words]:file:_files' # options
    '--knowledge[your own facts, for links]:file:_files' # options
    '(--recall)--precision[fewer attributions, surer ones]' # options
    '(--precision)--recall[more attributions, less sure ones]' # options
    '--threads[documents read at once]:number:' # options
  )
  if ((CURRENT == 2)); then
    _arguments '(-h --help)'{-h,--help}'[show help]' '--version[name version and model]' '1:command:(read explain who eval limits)' # options
    return
  fi
  case $words[2] in
    read)
      _arguments $engine \
        '--format[form of the answer]:format:(text html json jsonl csv citron)' \
        '--layers[what to find]:layers:(sections attributions entities factuality provenance sections,attributions)' \
        '--max-bytes[refuse a larger document]:bytes:' \
        '--limit[set a limit]:name=n:' \
        '--field[how JSON calls a thing]:thing=name:' \
        '--raw-map[where each piece stands in the input]' \
        '--quarantine[list what brought its process down]:file:_files' \
        '--color[colour]:when:(always auto never)' \
        '--no-pager[no pager]' \
        '(-q --quiet)'{-q,--quiet}'[no progress, no sentences]' \
        '*:file:_files'
      ;;
    explain)
      _arguments $engine \
        '--max-bytes[refuse a larger document]:bytes:' \
        '--limit[set a limit]:name=n:' \
        '--field[how JSON calls a thing]:thing=name:' \
        '--quarantine[list what brought its process down]:file:_files' \
        '--color[colour]:when:(always auto never)' \
        '--no-pager[no pager]' \
        '(-q --quiet)'{-q,--quiet}'[no progress, no sentences]' \
        '*:file:_files'
      ;;
    who)
      _arguments $engine \
        '--exact[only who is called exactly so]' \
        '--format[form of the answer]:format:(text json jsonl)' \
        '--max-bytes[refuse a larger document]:bytes:' \
        '--limit[set a limit]:name=n:' \
        '--field[how JSON calls a thing]:thing=name:' \
        '--quarantine[list what brought its process down]:file:_files' \
        '--color[colour]:when:(always auto never)' \
        '--no-pager[no pager]' \
        '(-q --quiet)'{-q,--quiet}'[no progress, no sentences]' \
        '2:name:' \
        '*:file:_files'
      ;;
    eval)
      _arguments $engine \
        '--words[count words only]' \
        '--types[recall by kind of content]' \
        '--top[leave out nested attributions]' \
        '--gold-filter[which gold counts]:which:(source citron)' \
        '--boot[resamples of the documents]:number:' \
        '--json[as JSON]' \
        '*:file:_files'
      ;;
  esac
}

_sayso "$@"
