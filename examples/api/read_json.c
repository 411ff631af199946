/* Prints the reading of an article as one line of JSON, or of a feed or archive a line for each document: read_json FILE */
#include <stdio.h>
#include <stdlib.h>

#include <sayso/sayso_c.h>

/* The whole file in memory that the caller frees, and its size; NULL when it cannot be read. */
static char *read_whole(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  char *bytes = NULL;
  size_t room = 0;
  size_t got = 0;
  *size = 0;
  if (!file) return NULL;
  do {
    if (*size == room) {
      char *grown = realloc(bytes, room = 2 * room + 65536);
      if (!grown) break;
      bytes = grown;
    }
    got = fread(bytes + *size, 1, room - *size, file);
    *size += got;
  } while (got > 0);
  if (ferror(file) || !feof(file)) {
    free(bytes);
    bytes = NULL;
  }
  fclose(file);
  return bytes;
}

int main(int count, char **arguments) {
  sayso_error error;
  sayso_model *model = NULL;
  char *bytes = NULL;
  char *json = NULL;
  size_t size = 0;

  if (count != 2) {
    fprintf(stderr, "usage: read_json FILE\n");
    return 2;
  }
  bytes = read_whole(arguments[1], &size);
  if (!bytes) {
    fprintf(stderr, "read_json: %s cannot be read.\n", arguments[1]);
    return 1;
  }
  model = sayso_model_load(NULL, NULL, &error);
  if (model) json = sayso_read_all_json(model, bytes, size, arguments[1], NULL, &error);
  if (json)
    fputs(json, stdout);
  else
    fprintf(stderr, "read_json: %s\n", error.text);

  sayso_free(json);
  sayso_model_free(model);
  free(bytes);
  return json ? 0 : 1;
}
