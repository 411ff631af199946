# fish completion for sayso(1)

set -l commands read eval limits
set -l read "__fish_seen_subcommand_from read"
set -l eval "__fish_seen_subcommand_from eval"
set -l both "__fish_seen_subcommand_from $commands"

complete -c sayso -s h -l help -d "Show help"
complete -c sayso -n "not $both" -f -l version -d "Name version and model"
complete -c sayso -n "not $both" -f -a "read" -d "Say who said what in articles"
complete -c sayso -n "not $both" -f -a "eval" -d "Score attributions against gold"
complete -c sayso -n "not $both" -f -a "limits" -d "List the limits"

complete -c sayso -n $both -s o -l output -r -F -d "Write there"
complete -c sayso -n $both -l model -r -F -d "The model to read with"
complete -c sayso -n $both -l cues -r -F -d "Your own cue and stop words"
complete -c sayso -n $both -l precision -d "Fewer attributions, surer ones"
complete -c sayso -n $both -l recall -d "More attributions, less sure ones"
complete -c sayso -n $both -l threads -x -d "Documents read at once"

complete -c sayso -n $read -l format -x -a "text html json jsonl csv citron" -d "Form of the answer"
complete -c sayso -n $read -l layers -x -a "sections attributions sections,attributions" -d "What to find"
complete -c sayso -n $read -l max-bytes -x -d "Refuse a larger document"
complete -c sayso -n $read -l limit -x -d "Set a limit: NAME=N"
complete -c sayso -n $read -l field -x -d "How JSON calls a thing: text=body"
complete -c sayso -n $read -l raw-map -d "Where each piece stands in the input"
complete -c sayso -n $read -l quarantine -r -F -d "List what brought its process down"
complete -c sayso -n $read -l color -x -a "always auto never" -d "Colour"
complete -c sayso -n $read -l no-pager -d "No pager"
complete -c sayso -n $read -s q -l quiet -d "No progress, no sentences"

complete -c sayso -n $eval -l words -d "Count words only"
complete -c sayso -n $eval -l types -d "Recall by kind of content"
complete -c sayso -n $eval -l top -d "Leave out nested attributions"
complete -c sayso -n $eval -l gold-filter -x -a "source citron" -d "Which gold counts"
complete -c sayso -n $eval -l boot -x -d "Resamples of the documents"
complete -c sayso -n $eval -l json -d "As JSON"
