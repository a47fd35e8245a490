/* Starts the Python inside the program's own folder and hands it one line to run.
 *
 * Compiled twice: with -DWINDOW as the window (no console), without as the command `village-ledger`.
 * The runtime lies in `runtime\` beside the program, or in `program\runtime\` for the one at the top of a
 * portable folder. `python311._pth` next to the library fixes the module path and shuts out every other Python,
 * PYTHON* variables and the registry.
 */
#ifndef UNICODE
#define UNICODE
#endif
#include <windows.h>
#include <wchar.h>
#include <stdlib.h>

#define PLACES 2
#define PATH_ROOM 32768 /* the longest path Windows knows */

typedef int (*python_main)(int, wchar_t **);

static const wchar_t *const RUNTIME[PLACES] = {L"runtime", L"program\\runtime"};

#ifdef WINDOW
static const wchar_t START[] = L"from windows_start import window; window()";
#else
static const wchar_t START[] = L"from windows_start import command; command()";
#endif

static int refuse(const wchar_t *text) {
#ifdef WINDOW
    MessageBoxW(NULL, text, L"村级三资账本", MB_OK | MB_ICONERROR);
#else
    DWORD written;
    HANDLE errors = GetStdHandle(STD_ERROR_HANDLE);
    if (!WriteConsoleW(errors, text, (DWORD)wcslen(text), &written, NULL)) {
        char bytes[2048];
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        if (length > 0) WriteFile(errors, bytes, (DWORD)(length - 1), &written, NULL);
    }
#endif
    return 2;
}

int wmain(int count, wchar_t **words) {
    static wchar_t folder[PATH_ROOM], place[PATH_ROOM];
    HMODULE python = NULL;
    DWORD length = GetModuleFileNameW(NULL, folder, PATH_ROOM);
    if (!length || length >= PATH_ROOM) return refuse(L"程序所在的文件夹路径太长，请把程序移到短一些的路径下。\n");
    *wcsrchr(folder, L'\\') = 0;
    for (int one = 0; one < PLACES && !python; one++) {
        if (_snwprintf(place, PATH_ROOM, L"%ls\\%ls\\python311.dll", folder, RUNTIME[one]) < 0) continue;
        python = LoadLibraryExW(place, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    }
    if (!python) return refuse(L"程序文件不完整（缺少 runtime\\python311.dll），请重新安装。\n");
    python_main run = (python_main)(void *)GetProcAddress(python, "Py_Main");
    if (!run) return refuse(L"程序文件不完整（python311.dll 不对），请重新安装。\n");

    wchar_t **all = calloc((size_t)count + 6, sizeof *all);
    if (!all) return refuse(L"内存不足。\n");
    int given = 0;
    all[given++] = words[0];
    all[given++] = L"-X";
    all[given++] = L"utf8";
    all[given++] = L"-B";
    all[given++] = L"-c";
    all[given++] = (wchar_t *)START;
    for (int one = 1; one < count; one++) all[given++] = words[one];
    return run(given, all);
}
