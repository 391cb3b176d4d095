@echo off
rem Opens the media analysis workbook. Double click.
setlocal
rem Nothing is fetched on the way.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "PYTHONUTF8=1"
set "start=%~dp0workbook\start.py"
set "found="
for %%v in (@MINORS@) do (
    call :try py -3.%%v
    call :try "%LocalAppData%\Programs\Python\Python3%%v\python.exe"
    call :try "%ProgramFiles%\Python3%%v\python.exe"
)
call :try python
if not defined found goto none
%found% "%start%" %*
if errorlevel 1 pause
exit /b

:try
if defined found exit /b
%* "%start%" --fits >nul 2>nul
if not errorlevel 1 set found=%*
exit /b

:none
echo There is no Python on this laptop that this stick can use (it can use @PYTHONS@).
echo Install one: the README in the folder python on the stick says which file.
echo Then start this again.
pause
exit /b 1
