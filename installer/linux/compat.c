/* What Debian's Fcitx plug-in (built with GCC 12 for Qt 6.4) asks for and old systems or Qt 6.8 do not have. */
#include <stdbool.h>
#include <stdlib.h>

/* libstdc++ of GCC 11: an array was asked for that no memory could hold. */
void _ZSt28__throw_bad_array_new_lengthv(void) { abort(); }

/* QWindowSystemInterface::handleExtendedKeyEvent: Qt 6.5 dropped the last argument, "try shortcuts first", which it
   now always does. Key, modifiers and type are plain integers in both. */
#define HANDLE _ZN22QWindowSystemInterface22handleExtendedKeyEventEP7QWindowmN6QEvent4TypeEi6QFlagsIN2Qt16KeyboardModifierEEjjjRK7QStringbt
#define JOIN(name, more) name##more
#define WITH(name, more) JOIN(name, more)

bool HANDLE(void *window, unsigned long time, int type, int key, int modifiers, unsigned scan, unsigned native,
            unsigned native_modifiers, const void *text, bool repeated, unsigned short count);

bool WITH(HANDLE, b)(void *window, unsigned long time, int type, int key, int modifiers, unsigned scan,
                     unsigned native, unsigned native_modifiers, const void *text, bool repeated,
                     unsigned short count, bool shortcuts)
{
    (void)shortcuts;
    return HANDLE(window, time, type, key, modifiers, scan, native, native_modifiers, text, repeated, count);
}
