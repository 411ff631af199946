# bash completion for sayso(1)

_sayso() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=
  local program="-h --help --version" # options
  local engine="-h --help -o --output --model --cues --knowledge --precision --recall --threads" # options
  local read="--format --layers --max-bytes --limit --field --raw-map --quarantine --color --no-pager -q --quiet" # options
  local explain="--max-bytes --limit --field --quarantine --color --no-pager -q --quiet" # options
  local who="--exact --format --max-bytes --limit --field --quarantine --color --no-pager -q --quiet" # options
  local eval="--words --types --top --gold-filter --boot --json" # options

  COMPREPLY=()
  case $before in
    --format) if [[ $command == who ]]; then words="text json jsonl"; else words="text html json jsonl csv citron"; fi ;;
    --layers) words="sections attributions entities factuality provenance sections,attributions" ;;
    --color) words="always auto never" ;;
    --gold-filter) words="source citron" ;;
    --threads | --max-bytes | --limit | --field | --boot) return ;;
    *)
      if ((COMP_CWORD == 1)); then
        words="read explain who eval limits $program"
      elif [[ $word == -* && $command == read ]]; then
        words="$engine $read"
      elif [[ $word == -* && $command == explain ]]; then
        words="$engine $explain"
      elif [[ $word == -* && $command == who ]]; then
        words="$engine $who"
      elif [[ $word == -* && $command == eval ]]; then
        words="$engine $eval"
      fi
      ;;
  esac
  if [[ $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    compopt -o filenames 2>/dev/null
  fi
  return 0
}

complete -F _sayso sayso
