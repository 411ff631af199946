#include "reading/models.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <dlfcn.h>

#include "base/file.h"
#include "base/mapped_file.h"
#include "model/model.h"

namespace sayso {

namespace {

namespace fs = std::filesystem;

constexpr const char* default_name = "attribution";
constexpr size_t largest_weight_file = 1'000'000'000;
constexpr size_t largest_cue_list = 10'000'000;
constexpr size_t largest_knowledge = 100'000'000;

// Where this code lies: the folder of libsayso when it runs in the library, and that of the program.
std::vector<fs::path> own_folders() {
  std::vector<fs::path> folders;
  std::error_code error;
  Dl_info info;
  static const char anchor = 0;
  if (dladdr(&anchor, &info) != 0 && info.dli_fname != nullptr) {
    const fs::path library = fs::canonical(info.dli_fname, error);
    if (!error) folders.push_back(library.parent_path());
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) folders.push_back(program.parent_path());
  return folders;
}

// Installed: bin/sayso or lib/x86_64-linux-gnu/libsayso.so beside share/sayso/KIND. Built: build/sayso or build/tests/… beside KIND.
std::vector<fs::path> data_folders(const char* kind) {
  std::vector<fs::path> folders;
  for (fs::path at : own_folders()) {
    for (int up = 0; up < 3 && at.has_relative_path(); ++up) {
      at = at.parent_path();
      for (const fs::path& folder : {at / "share" / "sayso" / kind, at / kind})
        if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
    }
  }
  return folders;
}

Result<std::string> find_model(const ModelChoice& choice) {
  const char* named = std::getenv("SAYSO_MODEL");
  const std::string wanted = choice.path ? *choice.path : named != nullptr && *named != '\0' ? named : default_name;
  std::error_code error;
  // A path, unless it is a bare name that is no file here.
  if (wanted.find('/') != std::string::npos || fs::exists(wanted, error)) {
    if (fs::is_regular_file(wanted, error)) return wanted;
    return Error{ErrorKind::not_found, "there is no weight file", wanted, "Name a .safetensors file that was made for sayso, or leave --model away."};
  }
  std::string searched;
  for (const fs::path& folder : data_folders("models")) {
    const fs::path file = folder / (wanted + ".safetensors");
    if (fs::is_regular_file(file, error)) return file.string();
    searched.append(searched.empty() ? "" : ", ").append(folder.string());
  }
  return Error{ErrorKind::not_found, "there is no model called " + wanted, "searched: " + searched,
               "Name a weight file with --model, or set SAYSO_MODEL."};
}

// The user's facts first, since they stand before those that come with the program.
Result<std::shared_ptr<const Knowledge>> load_knowledge(const ModelChoice& choice) {
  std::vector<std::string> files;
  if (choice.knowledge) files.push_back(*choice.knowledge);
  std::error_code error;
  for (const fs::path& folder : data_folders("knowledge")) {
    if (!fs::is_directory(folder, error)) continue;
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder, error))
      if (entry.path().extension() == ".tsv") found.push_back(entry.path().string());
    if (found.empty()) continue;
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
    break;
  }
  auto knowledge = std::make_shared<Knowledge>();
  for (const std::string& file : files) {
    const Result<std::string> text = read_file(file, largest_knowledge);
    if (!text) return text.error();
    if (const Status status = knowledge->add(*text, file); !status) return status.error();
  }
  return std::shared_ptr<const Knowledge>(std::move(knowledge));
}

}  // namespace

Result<Models> load_models(const ModelChoice& choice) {
  Models models;
  const Result<std::string> path = find_model(choice);
  if (!path) return path.error();
  Result<MappedFile> file = MappedFile::open(*path, largest_weight_file);
  if (!file) return file.error();
  Result<std::shared_ptr<const Model>> model = Model::load(std::move(*file), *path);
  if (!model) return model.error();
  Result<AttributionModel> attribution = AttributionModel::from_model(std::move(*model));
  if (!attribution) {
    Error error = attribution.error();
    if (error.where.empty()) error.where = *path;
    return error;
  }
  models.attribution = std::make_shared<const AttributionModel>(std::move(*attribution));

  if (choice.cues) {
    const Result<std::string> text = read_file(*choice.cues, largest_cue_list);
    if (!text) return text.error();
    Result<CueList> list = parse_cue_list(*text, *choice.cues);
    if (!list) return list.error();
    models.user_cues = std::make_shared<const CueList>(std::move(*list));
  }
  Result<std::shared_ptr<const Knowledge>> knowledge = load_knowledge(choice);
  if (!knowledge) return knowledge.error();
  models.knowledge = std::move(knowledge).value();
  return models;
}

std::optional<std::string> model_name(const Models& models) {
  if (!models.attribution) return std::nullopt;
  return models.attribution->model().name();
}

}  // namespace sayso
