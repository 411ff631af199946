#include "cli/command.h"

int main(int argc, char** argv) { return sayso::run(argc, argv); }
